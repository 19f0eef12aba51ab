namespace Secrets;

/// <summary>Quotes a word for a POSIX shell.</summary>
internal static class ShellQuoting
{
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "_-./:=@%+,".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
