using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Secrets.Cli.Tests.Scripting;

/// <summary>
/// A session as text: what is typed, what comes back. Line by line:
/// <code>
/// # a comment
/// + name: a file of this name with this one line (\n for a line break)
/// * name                    a file with a private key, made for the occasion
/// $ secrets get db          a command
/// &lt; text                    a line of its standard input
/// = NAME=text               an environment variable of it
/// ~ text                    an answer typed at a terminal; makes this command run on one
/// > text                    a line of standard output, exactly; [..] stands for anything
/// >>                        any output, any notes
/// ! text                    a line of standard error
/// ? 3                       the exit code; 0 if not said
/// </code>
/// </summary>
internal static partial class Script
{
    public static (IReadOnlyList<ScriptStep> Steps, IReadOnlyDictionary<string, string> Files) Parse(IReadOnlyList<string> lines)
    {
        List<ScriptStep> steps = [];
        Dictionary<string, string> files = [];
        for (int i = 0; i < lines.Count; i++)
        {
            string rest = lines[i].Length > 2 ? lines[i][2..] : "";
            switch (lines[i].Length == 0 ? '#' : lines[i][0])
            {
                case '#':
                    break;
                case '+':
                    int colon = rest.IndexOf(": ", StringComparison.Ordinal);
                    files[rest[..colon]] = rest[(colon + 2)..].Replace("\\n", "\n", StringComparison.Ordinal);
                    break;
                case '*':
                    using (ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                        files[rest] = key.ExportECPrivateKeyPem();
                    break;
                case '$':
                    steps.Add(new ScriptStep(i + 1, rest));
                    break;
                case '=':
                    int equals = rest.IndexOf('=', StringComparison.Ordinal);
                    steps[^1].Variables[rest[..equals]] = rest[(equals + 1)..];
                    break;
                case '<':
                    steps[^1].Input.Add(rest);
                    break;
                case '~':
                    (steps[^1].Answers ??= []).Enqueue(rest);
                    break;
                case '>' when lines[i] == ">>":
                    steps[^1].IsOutputFree = true;
                    break;
                case '>':
                    steps[^1].Output.Add(rest);
                    break;
                case '!':
                    steps[^1].Errors.Add(rest);
                    break;
                case '?':
                    steps[^1].ExitCode = int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new FormatException($"Line {i + 1} begins with no sign of a script: {lines[i]}");
            }
        }

        return (steps, files);
    }

    /// <summary>Words as a shell makes them, as far as scripts need: blanks separate, quotes group.</summary>
    public static string[] Words(string command) =>
        [.. Word().Matches(command).Select(match => string.Concat(match.Groups["part"].Captures.Select(part => part.Value is ['\'' or '"', ..] quoted ? quoted[1..^1] : part.Value)))];

    public static bool Matches(IReadOnlyList<string> expected, string actual)
    {
        string pattern = string.Join('\n', expected.Select(line => string.Join(".*", line.Split("[..]").Select(Regex.Escape))));
        return Regex.IsMatch(actual.EndsWith('\n') ? actual[..^1] : actual, $"\\A{pattern}\\z");
    }

    [GeneratedRegex("""(?:(?<part>'[^']*'|"[^"]*"|[^\s'"]+))+""")]
    private static partial Regex Word();
}
