namespace Secrets;

/// <summary>What a generated password is made of. Every class of characters that is on occurs at least once.</summary>
public sealed record SecretPasswordPolicy
{
    /// <value>Length in chars, 8 to 1,024. Default 32.</value>
    public int Length { get; init; } = 32;

    /// <value>Letters a to z. Default true.</value>
    public bool Lowercase { get; init; } = true;

    /// <value>Letters A to Z. Default true.</value>
    public bool Uppercase { get; init; } = true;

    /// <value>Digits 0 to 9. Default true.</value>
    public bool Digits { get; init; } = true;

    /// <value>
    /// Other characters, each at most once; empty for none. ASCII, printable, no space. Default <c>-_.~</c>: those which need no escape in a URL,
    /// a shell word, JSON or a connection string.
    /// </value>
    public string Symbols { get; init; } = "-_.~";

    /// <value>Characters never to use, such as those that look alike (<c>Il1O0</c>). Default none.</value>
    public string Excluded { get; init; } = "";

    /// <value>Begin with a letter, for systems that want it. Default true.</value>
    public bool BeginsWithLetter { get; init; } = true;
}
