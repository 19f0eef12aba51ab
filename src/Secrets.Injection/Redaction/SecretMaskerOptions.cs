namespace Secrets;

/// <summary>How a <see cref="SecretMasker"/> masks.</summary>
public sealed class SecretMaskerOptions
{
    /// <value>In which forms values are looked for. Default <see cref="SecretEncodings.All"/>.</value>
    public SecretEncodings Encodings { get; set; } = SecretEncodings.All;

    /// <value>
    /// Called with the name (never the value) of each value that is too short to be masked: under 4 characters, or under 4 bytes if it is
    /// not text. Masking it would destroy ordinary output and still show where it stood. Runs on the adding thread. Default null.
    /// </value>
    public Action<string>? OnTooShort { get; set; }
}
