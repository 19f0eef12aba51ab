using System.Text.Json.Serialization;

namespace Secrets;

/// <summary>
/// Where a webhook goes and which secrets it takes along, as W&amp;B's do: at most one access token, sent as <c>Authorization: Bearer</c>, and
/// at most one other secret, which signs the body. It holds the names of the secrets, never their values.
/// </summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class SecretWebhook
{
    private const int MaxNameLength = 64;

    /// <summary>Makes a webhook.</summary>
    /// <param name="name">Up to 64 chars: words of letters, digits, <c>_</c> and <c>-</c>, with spaces between them.</param>
    /// <param name="url">Where to post. Must be <c>https</c>; <c>http</c> only to this machine.</param>
    /// <param name="accessTokenRef">The name of the secret with the access token; null for none.</param>
    /// <param name="secretRef">The name of the secret that signs the body; null for none.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: name or URL breaks its rule (reasons <c>webhook-name</c>, <c>webhook-url</c>).</exception>
    public SecretWebhook(string name, Uri url, string? accessTokenRef = null, string? secretRef = null)
        : this(Guid.NewGuid(), name, url, accessTokenRef, secretRef)
    {
    }

    /// <summary>Makes a webhook that was saved before.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">As in the other constructor.</param>
    /// <param name="url">As in the other constructor.</param>
    /// <param name="accessTokenRef">As in the other constructor.</param>
    /// <param name="secretRef">As in the other constructor.</param>
    /// <exception cref="SecretException">As in the other constructor.</exception>
    [JsonConstructor]
    public SecretWebhook(Guid id, string name, Uri url, string? accessTokenRef, string? secretRef)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(url);
        if (!IsName(name))
            throw Invalid("webhook-name", $"A webhook's name takes 1 to {MaxNameLength} chars: words of letters, digits, _ and -, with spaces between them.");
        if (!url.IsAbsoluteUri || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            throw Invalid("webhook-url", $"The URL of the webhook '{name}' must be https: a token must not travel in the clear. http goes to this machine only.");
        Id = id;
        Name = name;
        Url = url;
        AccessTokenRef = accessTokenRef;
        SecretRef = secretRef;
    }

    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public Guid Id { get; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; }

    /// <summary>Where it posts.</summary>
    [JsonPropertyName("url")]
    public Uri Url { get; }

    /// <summary>The name of the secret with the access token; null for none.</summary>
    [JsonPropertyName("accessTokenRef")]
    public string? AccessTokenRef { get; }

    /// <summary>The name of the secret that signs the body; null for none.</summary>
    [JsonPropertyName("secretRef")]
    public string? SecretRef { get; }

    /// <summary>What a listing shows: not even the names of the secrets.</summary>
    /// <returns>Id, name and URL.</returns>
    public SecretWebhookSummary Summarize() => new(Id, Name, Url);

    /// <summary>Its name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    // One space or more between words, none at the ends.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name[0] != ' ' && name[^1] != ' ' && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or ' ');

    private static SecretException Invalid(string reason, string message) => new(SecretErrorCode.InvalidArgument, message) { Reason = reason };
}
