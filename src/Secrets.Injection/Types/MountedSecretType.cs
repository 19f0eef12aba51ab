namespace Secrets;

/// <summary>The type <c>mounted</c>: one file of any content, at <c>/secrets/&lt;name&gt;/secret</c> by default.</summary>
public sealed class MountedSecretType : SecretType
{
    internal MountedSecretType()
        : base("mounted")
    {
        Description = "One file of any content.";
        Keys = [new SecretTypeKey(SecretProperties.SingleKey) { Description = "Content" }];
        Files = [new SecretTypeFile(SecretTypes.SecretFile, SecretProperties.SingleKey) { Mode = SecretTypes.MountedMode }];
        Variables = [SecretTypes.SecretPath];
    }

    /// <summary>Takes a file's content, byte by byte.</summary>
    /// <param name="path">The file; <c>~</c> is the home directory.</param>
    /// <param name="name">The secret's name; null for the file's name without extension, in lower case.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the file is missing.</exception>
    public SecretDraft FromFile(string path, string? name = null) =>
        new(name ?? DefaultSecretNames.FromFile(path), new SecretValues { [SecretProperties.SingleKey] = SecretInput.ReadFile(path, "The file") }, Id) { IsNameDefault = name is null };

    /// <summary>Takes a value.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="value">The file's content.</param>
    /// <returns>The draft.</returns>
    public SecretDraft FromValue(string name, SecretValue value) => new(name, new SecretValues { [SecretProperties.SingleKey] = value }, Id);
}
