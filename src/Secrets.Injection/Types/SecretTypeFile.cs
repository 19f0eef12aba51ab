namespace Secrets;

/// <summary>One file that a type exports.</summary>
/// <param name="Path">Its path below the secret's directory.</param>
/// <param name="Key">The key whose value it holds. It is not written where an optional key is missing.</param>
public sealed record SecretTypeFile(string Path, string Key)
{
    /// <value>Who may do what with it. Default 0400, the owner reads.</value>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead;

    /// <value>
    /// Makes the content from the secret's pairs and the directory in which the file will be; null for the key's value as it is. Default null.
    /// </value>
    public Func<IReadOnlyDictionary<string, SecretValue>, string, SecretValue>? Content { get; init; }

    /// <value>Written only by an attachment that asks for everything (<see cref="SecretDelivery.Full"/>). Default false.</value>
    public bool OnRequest { get; init; }
}
