using System.Buffers;
using System.Globalization;

namespace Secrets;

/// <summary>The inside of a double-quoted YAML scalar. JSON's escaping will not do: YAML reads each half of an escaped surrogate pair by itself.</summary>
internal sealed class YamlScalarEncoder() : SecretEncoder("yaml")
{
    internal static YamlScalarEncoder Instance { get; } = new();

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!NeedsEscape(c)) continue;
            destination.Write(text[plain..i]);
            plain = i + 1;
            switch (c)
            {
                case '"': destination.Write("\\\""); break;
                case '\\': destination.Write("\\\\"); break;
                case '\n': destination.Write("\\n"); break;
                case '\r': destination.Write("\\r"); break;
                case '\t': destination.Write("\\t"); break;
                default: destination.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")); break;
            }
        }

        destination.Write(text[plain..]);
    }

    // Control characters, the other line breaks, the byte-order mark, and what is no character.
    private static bool NeedsEscape(char c) =>
        c is < ' ' or '"' or '\\' or (>= '\x7f' and <= '\x9f') or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff';
}
