using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>GitHub Actions' workflow commands and environment file.</summary>
internal static class GitHubActionsText
{
    /// <summary>One mask per line of a value: the runner masks line by line, and so misses a value of several lines given whole.</summary>
    internal static SecretValue Masks(IEnumerable<Secret> secrets)
    {
        HashSet<string> lines = new(StringComparer.Ordinal);
        foreach (SecretValue value in secrets.SelectMany(static secret => secret.Values.Values).Where(static value => value.IsText))
        {
            foreach (string line in value.RevealString().ReplaceLineEndings("\n").Split('\n'))
            {
                if (line.Trim().Length > 0) lines.Add(line.Trim());
            }
        }

        StringBuilder text = new();
        foreach (string line in lines) text.Append("::add-mask::").Append(line.Replace("%", "%25", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    /// <summary>The form with a delimiter, which is random: a value that held it could set other variables.</summary>
    internal static SecretValue EnvironmentFile(SecretValues variables)
    {
        StringBuilder text = new();
        foreach ((string name, SecretValue value) in variables)
        {
            string delimiter = "end_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            text.Append(name).Append("<<").Append(delimiter).Append('\n').Append(value.RevealString()).Append('\n').Append(delimiter).Append('\n');
        }

        return text.ToString();
    }
}
