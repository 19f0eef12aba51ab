using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Adds Google Secret Manager to a client.</summary>
public static class GoogleSecretManagerSecretsBuilderExtensions
{
    /// <summary>Adds the store.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Which project, as whom.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseGoogleSecretManager(this ISecretsBuilder builder, Action<GoogleSecretManagerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        GoogleSecretManagerOptions options = new();
        configure(options);
        return builder.UseStore(_ => new GoogleSecretManagerSecretStore(options));
    }

    /// <summary>Adds the store of a project.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="project">The project's id.</param>
    /// <param name="credential">As whom; null for application default credentials.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseGoogleSecretManager(this ISecretsBuilder builder, string project, GoogleCredential? credential = null) =>
        builder.UseGoogleSecretManager(options =>
        {
            options.Project = project;
            options.Credential = credential;
        });

    /// <summary>
    /// Adds the store from settings: <c>Name</c>, <c>Project</c>, <c>Location</c>, <c>ServiceUrl</c>, <c>Impersonate</c>, <c>QuotaProject</c>, <c>Prefix</c>,
    /// <c>ReplicaLocations</c> (separated by commas), <c>DeleteExpired</c>, <c>ReadProperties</c>, <c>MaxConcurrency</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section that holds them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a setting that is unknown or not of its kind.</exception>
    public static ISecretsBuilder UseGoogleSecretManager(this ISecretsBuilder builder, IConfiguration section)
    {
        SettingsReader settings = SettingsReader.Of(section);
        return builder.UseGoogleSecretManager(options => Apply(settings, options));
    }

    internal static void Apply(SettingsReader settings, GoogleSecretManagerOptions options)
    {
        options.Name = settings.Text("Name") ?? options.Name;
        options.Project = settings.Text("Project") ?? options.Project;
        options.Location = settings.Text("Location") ?? options.Location;
        options.ServiceUrl = settings.Address("ServiceUrl") ?? options.ServiceUrl;
        options.Impersonate = settings.Text("Impersonate") ?? options.Impersonate;
        options.QuotaProject = settings.Text("QuotaProject") ?? options.QuotaProject;
        options.Prefix = settings.Text("Prefix") ?? options.Prefix;
        foreach (string location in (settings.Text("ReplicaLocations") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            options.ReplicaLocations.Add(location);
        options.DeleteExpired = settings.Truth("DeleteExpired") ?? options.DeleteExpired;
        options.ReadProperties = settings.Truth("ReadProperties") ?? options.ReadProperties;
        options.MaxConcurrency = settings.Number("MaxConcurrency") ?? options.MaxConcurrency;
        settings.NothingElse();
    }
}
