namespace Secrets;

/// <summary>What a new secret is, besides its name and values.</summary>
public sealed class CreateSecretOptions
{
    /// <value>Private secrets belong to the calling principal. Default public.</value>
    public SecretVisibility Visibility { get; set; } = SecretVisibility.Public;

    /// <value>Where it is kept. Default <see cref="SecretScope.Team"/>, the widest.</value>
    public SecretScope Scope { get; set; } = SecretScope.Team;

    /// <value>The id of its type (<c>s3</c>, <c>docker</c>); null for plain pairs. Default null.</value>
    public string? Type { get; set; }

    /// <value>What it is for; at most 1,024 chars. Not secret. Default null.</value>
    public string? Description { get; set; }

    /// <value>Labels. Not secret. Default none.</value>
    public IDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <value>From when on it is not to be used; null for never. Default null.</value>
    public DateTimeOffset? ExpiresOn { get; set; }

    /// <value>
    /// Replace a secret that is there (an upsert) instead of failing with <see cref="SecretErrorCode.AlreadyExists"/>. Default false.
    /// </value>
    public bool Overwrite { get; set; }
}
