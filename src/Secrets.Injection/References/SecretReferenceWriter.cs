using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>Writes references the way the parser reads them.</summary>
internal static class SecretReferenceWriter
{
    internal static string Write(SecretReference reference)
    {
        StringBuilder text = new();
        Write(reference, text);
        return text.ToString();
    }

    internal static void Write(SecretReference reference, StringBuilder text)
    {
        (string open, string close) = Delimiters(reference.Syntax);
        text.Append(open);
        if (reference.Key is null)
            text.Append(reference.Lookup.Name);
        else
            WriteInside(reference, text);
        text.Append(close);
    }

    internal static (string Open, string Close) Delimiters(SecretSyntaxes syntax) => syntax switch
    {
        SecretSyntaxes.DoubleAngles => ("<<", ">>"),
        SecretSyntaxes.DollarBraces => ("${", "}"),
        SecretSyntaxes.DollarAngles => ("$<", ">"),
        _ => ("{{", "}}"),
    };

    private static void WriteInside(SecretReference reference, StringBuilder text)
    {
        bool padded = reference is not { Lookup: { ScopeKind: null, Version: null }, Default: null, Encoder: null };
        if (padded) text.Append(' ');
        if (reference.Lookup.ScopeKind is { } kind) text.Append(kind).Append(':');
        WriteWord(reference.Lookup.Name, SecretReferenceRules.IsNameChar, text);
        text.Append('.');
        WriteWord(reference.Key!, SecretReferenceRules.IsKeyChar, text);
        if (reference.Lookup.Version is { } version)
        {
            text.Append(" @");
            WriteWord(version.Value, SecretReferenceRules.IsVersionChar, text);
        }

        if (reference.Default is { } standIn)
        {
            text.Append(" ?? ");
            WriteQuoted(standIn, text);
        }

        if (reference.Encoder is { } encoder) text.Append(" | ").Append(encoder.Name);
        if (padded) text.Append(' ');
    }

    private static void WriteWord(string word, Func<char, bool> isPlain, StringBuilder text)
    {
        if (word.All(isPlain))
            text.Append(word);
        else
            WriteQuoted(word, text);
    }

    private static void WriteQuoted(string word, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in word)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or '\x7f': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
