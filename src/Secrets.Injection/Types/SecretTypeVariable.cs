namespace Secrets;

/// <summary>One environment variable that a type exports. Exactly one of <see cref="Key"/>, <see cref="File"/> and <see cref="Format"/> is set.</summary>
/// <param name="Name">
/// Its name. <c>{NAME}</c> in it stands for the secret's name in upper case with every character that is not a letter or digit as <c>_</c>.
/// </param>
public sealed record SecretTypeVariable(string Name)
{
    /// <value>The key whose value it has; it is not exported where an optional key is missing. Default null.</value>
    public string? Key { get; init; }

    /// <value>The file of the type whose full path it has; <c>.</c> for the directory of the files. Default null.</value>
    public string? File { get; init; }

    /// <value>A text in which <c>{file}</c> stands for the full path of that file of the type, quoted for a shell. Default null.</value>
    public string? Format { get; init; }

    /// <value>Exported only where the secret has this key; null for always. Default null.</value>
    public string? WhenKey { get; init; }

    /// <value>Exported only where the secret does not have this key; null for always. Default null.</value>
    public string? UnlessKey { get; init; }

    /// <value>Exported only by an attachment that asks for everything (<see cref="SecretDelivery.Full"/>). Default false.</value>
    public bool OnRequest { get; init; }
}
