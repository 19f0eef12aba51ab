using System.Buffers;
using System.Text.Encodings.Web;

namespace Secrets;

/// <summary>
/// Escapes what JSON itself requires (quote, backslash, control characters) and leaves the rest readable. The result is data in a JSON
/// document, not in a script element, which is why the stricter HTML-safe escaping is not used.
/// </summary>
internal sealed class JsonSecretEncoder() : SecretEncoder("json")
{
    private const int MaxCharsPerChar = 6;
    private const int ChunkChars = 1024;

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        JavaScriptEncoder encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        while (!text.IsEmpty)
        {
            // The encoder holds back a high surrogate at the end of what it is given, unless told that nothing follows.
            bool last = text.Length <= ChunkChars;
            ReadOnlySpan<char> chunk = last ? text : text[..ChunkChars];
            encoder.Encode(chunk, destination.GetSpan((chunk.Length * MaxCharsPerChar) + 12), out int consumed, out int written, last);
            destination.Advance(written);
            text = text[consumed..];
        }
    }
}
