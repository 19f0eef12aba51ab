namespace Secrets.Cli.Scanning;

/// <summary>Whether a setting looks like a secret: by its name, or by the shape of its value.</summary>
internal static class SecretLook
{
    private static readonly string[] Names = ["password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "accesskey", "privatekey", "credential"];

    private static readonly string[] Shapes = ["-----BEGIN ", "sk-", "ghp_", "github_pat_", "hf_", "AKIA", "xoxb-", "xoxp-", "glpat-"];

    private static readonly string[] Inside = ["password=", "pwd=", "accountkey=", "sharedaccesskey="];

    /// <summary>What gives it away; null if nothing does, or if the value is a reference or a stand-in already.</summary>
    public static string? Of(string setting, string value)
    {
        if (value.Length < 4 || IsStandIn(value))
            return null;
        if (Shapes.FirstOrDefault(shape => value.StartsWith(shape, StringComparison.Ordinal)) is not null)
            return "looks like a key";
        if (Inside.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase)) || HasUserInfo(value))
            return "holds a password";
        string name = string.Concat(setting[(setting.LastIndexOf(':') + 1)..].Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Names.Any(word => name.EndsWith(word, StringComparison.Ordinal)) ? "is called so" : null;
    }

    private static bool IsStandIn(string value) =>
        value.Contains("{{", StringComparison.Ordinal) || value.Contains("<<", StringComparison.Ordinal) || value.Contains("${", StringComparison.Ordinal)
        || value.Contains("$<", StringComparison.Ordinal) || value.StartsWith("secret:", StringComparison.Ordinal) || value.All(c => c is '*' or '.' or 'x' or 'X')
        || (value.StartsWith('<') && value.EndsWith('>'));

    private static bool HasUserInfo(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.UserInfo.Contains(':', StringComparison.Ordinal);
}
