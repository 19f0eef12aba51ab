namespace Secrets;

/// <summary>How many versions of a secret a store keeps, and how long. Kept in the store itself, so that every writer obeys it.</summary>
/// <param name="MaxVersions">How many versions are kept, the current one included; the oldest previous ones are destroyed first. 2 or more.</param>
/// <param name="MaxVersionAge">How long a previous version is kept, counted from when it was written; null for no limit. Else above zero.</param>
public sealed record EncryptedFileRetention(int MaxVersions, TimeSpan? MaxVersionAge = null)
{
    /// <summary>What holds for a store that says nothing: 100 versions, however old.</summary>
    public static EncryptedFileRetention Default { get; } = new(100);

    internal bool IsPossible => MaxVersions >= 2 && (MaxVersionAge is not { } age || age > TimeSpan.Zero);
}
