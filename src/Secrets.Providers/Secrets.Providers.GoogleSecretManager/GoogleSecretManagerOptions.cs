using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;

namespace Secrets;

/// <summary>Which Google Secret Manager, as whom, and how.</summary>
/// <remarks>Read once, when the store is made. Not safe to change from several threads.</remarks>
public sealed class GoogleSecretManagerOptions
{
    /// <value>The store's name in errors, spans and metrics. Default null: <c>google-secret-manager:PROJECT</c>, with location and prefix if there are.</value>
    public string? Name { get; set; }

    /// <value>The project's id or number. Needed. Default null.</value>
    public string? Project { get; set; }

    /// <value>A region, as in <c>europe-west3</c>, whose own endpoint keeps regional secrets. Default null: the global service.</value>
    public string? Location { get; set; }

    /// <value>
    /// An endpoint other than the service's: a private one, an emulator. Default null: <c>SECRET_MANAGER_EMULATOR_HOST</c> if set, else the service's. Over
    /// plain http, only a <see cref="Credential"/> that was given here is sent.
    /// </value>
    public Uri? ServiceUrl { get; set; }

    /// <value>
    /// A ready credential. Default null: application default credentials (environment, workload identity, <c>gcloud</c>, the instance's service account).
    /// </value>
    public GoogleCredential? Credential { get; set; }

    /// <value>A service account to act as, by its e-mail address. Default null: nobody else.</value>
    public string? Impersonate { get; set; }

    /// <value>The project whose quota is used and that pays. Default null: the credential's own.</value>
    public string? QuotaProject { get; set; }

    /// <value>What every native name begins with, as in <c>prod-</c>; only of <c>A-Z a-z 0-9 _ -</c>. Secrets outside it do not exist for this store. Default empty.</value>
    public string Prefix { get; set; } = "";

    /// <value>Where a new secret's values are kept: these locations only. Default empty: the service chooses. Ignored with <see cref="Location"/>.</value>
    public IList<string> ReplicaLocations { get; } = [];

    /// <value>
    /// Whether a secret's expiry is given to the service, which then deletes the secret for good at that time. Default false: expiry is kept as an
    /// annotation, and the secret stays.
    /// </value>
    public bool DeleteExpired { get; set; }

    /// <value>
    /// Whether a read also gives description, tags, type and expiry. The service keeps them apart from the values: many secrets read together
    /// cost one listing more for all, if the credential may list, others one call each; if that is denied, reads go on without. Versions and
    /// values come either way. Default true.
    /// </value>
    public bool ReadProperties { get; set; } = true;

    /// <value>How many calls to have under way at once, 1 to 64. Default 8.</value>
    public int MaxConcurrency { get; set; } = 8;

    /// <value>
    /// Changes the SDK's HTTP client (tries, timeout). Its retries (429, 503 and broken connections, three tries in all) are the only ones. Default
    /// null.
    /// </value>
    public Action<ConfigurableHttpClient>? ConfigureClient { get; set; }

    /// <value>Makes the HTTP clients that get tokens for <see cref="Impersonate"/>. Default null: the SDK's.</value>
    internal Google.Apis.Http.IHttpClientFactory? HttpClientFactory { get; set; }

    /// <value>The clock for the times that the service does not tell. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
