using System.Text;

namespace Secrets;

/// <summary>Oracle Cloud's SDK and CLI configuration file.</summary>
internal static class OciConfig
{
    private const string DefaultSection = "DEFAULT";
    private const string KeyFile = "key_file";
    private static readonly string[] Required = ["user", "fingerprint", "tenancy", "region"];

    internal static void Check(string text)
    {
        IniFile file = IniFile.Parse(text, "The OCI config file", "oci-config");
        IReadOnlyDictionary<string, string> settings = file[DefaultSection]
            ?? throw FormatErrors.Refused("The OCI config file", "it has no section [DEFAULT].", "oci-config");
        string[] missing = [.. Required.Where(name => string.IsNullOrEmpty(settings.GetValueOrDefault(name)))];
        if (missing.Length > 0)
            throw FormatErrors.Refused("The OCI config file", $"its section [DEFAULT] lacks {string.Join(", ", missing)}.", "oci-config");
    }

    /// <summary>
    /// The same file with <c>key_file</c> of the default section pointing elsewhere. Every other byte stays: comments, case, order, line ends,
    /// other sections.
    /// </summary>
    internal static string WithKeyFile(string text, string path)
    {
        StringBuilder result = new(text.Length + path.Length);
        bool inDefault = false;
        bool written = false;
        int endOfHeader = -1;
        foreach (string line in Lines(text))
        {
            string content = line.TrimEnd('\r', '\n');
            string trimmed = content.Trim();
            if (trimmed.StartsWith('['))
            {
                inDefault = trimmed[1..].Split(']')[0].Trim() == DefaultSection;
                result.Append(line);
                if (inDefault) endOfHeader = result.Length;
                continue;
            }

            int equals = content.IndexOf('=', StringComparison.Ordinal);
            if (inDefault && equals > 0 && content[..equals].Trim() == KeyFile && !char.IsWhiteSpace(content[0]))
            {
                int value = equals + 1;
                while (value < content.Length && content[value] is ' ' or '\t') value++;
                result.Append(content, 0, value).Append(path).Append(line, content.Length, line.Length - content.Length);
                written = true;
                continue;
            }

            result.Append(line);
        }

        if (!written) result.Insert(endOfHeader, (text.Contains("]\n", StringComparison.Ordinal) || text.Contains("]\r\n", StringComparison.Ordinal) ? "" : "\n") + $"{KeyFile}={path}\n");
        return result.ToString();
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            yield return text[start..next];
            start = next;
        }
    }
}
