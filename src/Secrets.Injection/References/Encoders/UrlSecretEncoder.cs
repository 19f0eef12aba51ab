using System.Buffers;

namespace Secrets;

internal sealed class UrlSecretEncoder() : SecretEncoder("url")
{
    // A char is at most three UTF-8 bytes, each of which becomes %XX.
    private const int MaxCharsPerChar = 9;

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        if (text.IsEmpty) return;
        bool done = Uri.TryEscapeDataString(text, destination.GetSpan(text.Length * MaxCharsPerChar), out int written);
        if (!done) throw Refuse("it is too long for a URL");
        destination.Advance(written);
    }
}
