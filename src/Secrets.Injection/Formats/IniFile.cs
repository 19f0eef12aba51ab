using System.Globalization;

namespace Secrets;

/// <summary>Sections and settings of an INI file, as far as AWS's and OCI's own readers agree on them.</summary>
internal sealed class IniFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections;

    private IniFile(Dictionary<string, Dictionary<string, string>> sections, IReadOnlyList<string> names)
    {
        _sections = sections;
        SectionNames = names;
    }

    internal IReadOnlyList<string> SectionNames { get; }

    /// <summary>The settings of a section; null if there is no such section.</summary>
    internal IReadOnlyDictionary<string, string>? this[string section] => _sections.GetValueOrDefault(section);

    internal static IniFile Parse(string text, string what, string reason)
    {
        Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.Ordinal);
        List<string> names = [];
        Dictionary<string, string>? current = null;
        string[] lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            string trimmed = line.TrimStart();
            if (trimmed.Length == 0 || trimmed[0] is '#' or ';') continue;
            if (trimmed[0] == '[')
            {
                int end = trimmed.IndexOf(']', StringComparison.Ordinal);
                string name = end < 0 ? "" : trimmed[1..end].Trim();
                if (name.Length == 0) throw Wrong(i, "is not a section: write [name]");
                if (!sections.TryGetValue(name, out current))
                {
                    sections.Add(name, current = new(StringComparer.Ordinal));
                    names.Add(name);
                }

                continue;
            }

            if (current is null) throw Wrong(i, "is before the first section: write [default] above it");
            // An indented line belongs to the setting above it: a nested setting of AWS (`s3 =`), a continued value of OCI.
            if (line.Length != trimmed.Length && current.Count > 0) continue;
            int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw Wrong(i, "is not `name = value`");
            current[trimmed[..equals].Trim()] = trimmed[(equals + 1)..].Trim();
        }

        return new IniFile(sections, names);

        SecretException Wrong(int index, string problem) =>
            FormatErrors.Refused(what, string.Create(CultureInfo.InvariantCulture, $"line {index + 1} {problem}."), reason);
    }
}
