namespace Secrets;

/// <summary>The name that a secret gets if its user gives none, by the rule of the platform that the type comes from.</summary>
internal static class DefaultSecretNames
{
    private const int MaxLength = 63;

    internal static string FromFile(string path) => Normalize(Path.GetFileNameWithoutExtension(path));

    internal static string FromKey(string key) => Normalize(key);

    /// <summary>Lower case, <c>_</c> as <c>-</c>, at most 63 long; an end that a name cannot have becomes <c>1</c>.</summary>
    internal static string Normalize(string text)
    {
        char[] name = [.. text.Take(MaxLength)];
        if (name.Length == 0) return "secret";
        // The end is judged before the case is changed: `_X` becomes `11`, as its users know it.
        bool illegalStart = !char.IsAsciiLetterOrDigit(name[0]);
        bool illegalEnd = !char.IsAsciiLetterOrDigit(name[^1]) || (illegalStart && char.IsAsciiLetterUpper(name[^1]));
        for (int i = 0; i < name.Length; i++)
        {
            char c = char.ToLowerInvariant(name[i]);
            name[i] = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' ? c : '-';
        }

        if (illegalStart) name[0] = '1';
        if (illegalEnd) name[^1] = '1';
        return new string(name);
    }
}
