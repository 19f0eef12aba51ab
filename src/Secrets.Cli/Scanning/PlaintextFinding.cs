namespace Secrets.Cli.Scanning;

/// <summary>A value in a file that looks like a secret.</summary>
/// <param name="Path">The file, as the person named it.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Setting">What it is called there: <c>Mlflow:Password</c>.</param>
/// <param name="Why">What gives it away.</param>
/// <param name="Start">Where it begins in the text, with its quotes.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Value">The value; shown nowhere.</param>
/// <param name="Replacement">What the file says once the value is a secret; <c>{0}</c> stands for the reference.</param>
internal sealed record PlaintextFinding(string Path, int Line, string Setting, string Why, int Start, int Length, SecretValue Value, string Replacement)
{
    /// <summary>The secret it belongs in: the section it stands in, or the file.</summary>
    public string SecretName => Plain(Setting.Contains(':', StringComparison.Ordinal) ? Setting[..Setting.LastIndexOf(':')] : System.IO.Path.GetFileName(Path).TrimStart('.').Split('.')[0]);

    /// <summary>Its key there.</summary>
    public string SecretKey => Plain(Setting[(Setting.LastIndexOf(':') + 1)..]);

    public string Reference => $"{{{{{SecretName}.{SecretKey}}}}}";

    private static string Plain(string text)
    {
        string plain = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        return plain.Length > 0 ? plain : "settings";
    }
}
