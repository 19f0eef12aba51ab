using System.Buffers;

namespace Secrets;

/// <summary>Escapes markup and both quotes, and the white space that an XML reader would normalise in an attribute.</summary>
internal sealed class XmlSecretEncoder() : SecretEncoder("xml")
{
    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!NeedsEscape(c)) continue;
            destination.Write(text[plain..i]);
            destination.Write(Escape(c));
            plain = i + 1;
        }

        destination.Write(text[plain..]);
    }

    private static bool NeedsEscape(char c) => c is < ' ' or '&' or '<' or '>' or '"' or '\'' or '\ufffe' or '\uffff';

    private static string Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        _ => throw Refuse("it holds a control character, which XML 1.0 cannot. Write '| base64' instead"),
    };
}
