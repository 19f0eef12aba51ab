using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Secrets;

/// <summary>Every byte sequence under which one value may show up in output.</summary>
internal static class EncodedForms
{
    // A pattern shorter than this would mask ordinary text; it is also the block that the filter reads at once.
    internal const int MinLength = 4;
    private const int MinLineLength = 8;

    internal static void AddTo(HashSet<byte[]> patterns, SecretValue value, SecretEncodings encodings)
    {
        byte[] bytes = value.RevealBytes();
        AddWithEncodings(patterns, bytes, value.IsText ? value.RevealString() : null, encodings);
        if (!encodings.HasFlag(SecretEncodings.Lines) || !value.IsText || bytes.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return;

        string text = value.RevealString();
        string unix = text.ReplaceLineEndings("\n");
        foreach (string variant in (string[])[unix, unix.Replace("\n", "\r\n", StringComparison.Ordinal), unix.TrimEnd('\n')])
            AddWithEncodings(patterns, Encoding.UTF8.GetBytes(variant), variant, encodings);
        foreach (string line in unix.Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.Length >= MinLineLength && !trimmed.StartsWith("-----", StringComparison.Ordinal))
                AddWithEncodings(patterns, Encoding.UTF8.GetBytes(trimmed), trimmed, encodings);
        }
    }

    private static void AddWithEncodings(HashSet<byte[]> patterns, byte[] bytes, string? text, SecretEncodings encodings)
    {
        Add(patterns, bytes);
        if (encodings.HasFlag(SecretEncodings.Base64)) AddBase64(patterns, bytes);
        if (encodings.HasFlag(SecretEncodings.Hex))
        {
            Add(patterns, Convert.ToHexString(bytes));
            Add(patterns, Convert.ToHexStringLower(bytes));
        }

        if (encodings.HasFlag(SecretEncodings.Url)) AddUrl(patterns, bytes);
        if (text is null) return;
        if (encodings.HasFlag(SecretEncodings.Json))
        {
            Add(patterns, JavaScriptEncoder.Default.Encode(text));
            Add(patterns, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
            Add(patterns, MinimalJson(text, slash: false, unicode: false));
            Add(patterns, MinimalJson(text, slash: true, unicode: false));
            Add(patterns, MinimalJson(text, slash: false, unicode: true));
        }

        if (encodings.HasFlag(SecretEncodings.Xml))
        {
            string markup = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            Add(patterns, markup);
            Add(patterns, markup.Replace("\"", "&quot;", StringComparison.Ordinal));
            Add(patterns, markup.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal));
            Add(patterns, markup.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal));
            Add(patterns, HtmlEncoder.Default.Encode(text));
            Add(patterns, WebUtility.HtmlEncode(text));
        }

        if (encodings.HasFlag(SecretEncodings.Shell))
        {
            Add(patterns, text.Replace("'", "'\\''", StringComparison.Ordinal));
            Add(patterns, text.Replace("'", "'\"'\"'", StringComparison.Ordinal));
            Add(patterns, Backslashed(text, static c => c is '"' or '\\' or '$' or '`'));
            Add(patterns, Backslashed(text, static c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && !"_-./:=@%+,\n".Contains(c, StringComparison.Ordinal)));
        }
    }

    // Inside longer data a value starts at one of three bit offsets. The characters that hold bits of a neighbour are unknown and left out;
    // alone in its own base64 text, the value's last character and padding are known too.
    private static void AddBase64(HashSet<byte[]> patterns, byte[] bytes)
    {
        for (int offset = 0; offset < 3; offset++)
        {
            byte[] padded = new byte[offset + bytes.Length];
            bytes.CopyTo(padded, offset);
            string standard = Convert.ToBase64String(padded);
            int first = (offset * 8 + 5) / 6;
            int last = padded.Length * 8 / 6;
            if (last - first >= MinLength) AddBoth(standard[first..last]);
            if (offset > 0) continue;
            AddBoth(standard);
            AddBoth(standard.TrimEnd('='));
        }

        void AddBoth(string standard)
        {
            Add(patterns, standard);
            Add(patterns, standard.Replace('+', '-').Replace('/', '_'));
        }
    }

    private static void AddUrl(HashSet<byte[]> patterns, byte[] bytes)
    {
        foreach (string keep in (string[])["-_.~", "-_.~!*'()", "-_.*"])
        {
            StringBuilder upper = new(bytes.Length * 3);
            foreach (byte b in bytes)
            {
                if (char.IsAsciiLetterOrDigit((char)b) || keep.Contains((char)b, StringComparison.Ordinal)) upper.Append((char)b);
                else upper.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }

            string percent = upper.ToString();
            Add(patterns, percent);
            Add(patterns, LowerDigits(percent));
            Add(patterns, percent.Replace("%20", "+", StringComparison.Ordinal));
            Add(patterns, LowerDigits(percent).Replace("%20", "+", StringComparison.Ordinal));
        }
    }

    private static string LowerDigits(string percent)
    {
        char[] chars = percent.ToCharArray();
        for (int i = 0; i < chars.Length - 2; i++)
        {
            if (chars[i] != '%') continue;
            chars[i + 1] = char.ToLowerInvariant(chars[i + 1]);
            chars[i + 2] = char.ToLowerInvariant(chars[i + 2]);
            i += 2;
        }

        return new string(chars);
    }

    private static string MinimalJson(string text, bool slash, bool unicode)
    {
        StringBuilder json = new(text.Length + 16);
        foreach (char c in text)
        {
            switch (c)
            {
                case '"': json.Append("\\\""); break;
                case '\\': json.Append("\\\\"); break;
                case '\n': json.Append("\\n"); break;
                case '\r': json.Append("\\r"); break;
                case '\t': json.Append("\\t"); break;
                case '\b': json.Append("\\b"); break;
                case '\f': json.Append("\\f"); break;
                case '/' when slash: json.Append("\\/"); break;
                case < ' ': json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                case > '~' when unicode: json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: json.Append(c); break;
            }
        }

        return json.ToString();
    }

    private static string Backslashed(string text, Func<char, bool> special)
    {
        StringBuilder quoted = new(text.Length + 16);
        foreach (char c in text)
        {
            if (special(c)) quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.ToString();
    }

    private static void Add(HashSet<byte[]> patterns, string text) => Add(patterns, Encoding.UTF8.GetBytes(text));

    private static void Add(HashSet<byte[]> patterns, byte[] bytes)
    {
        if (bytes.Length >= MinLength) patterns.Add(bytes);
    }
}
