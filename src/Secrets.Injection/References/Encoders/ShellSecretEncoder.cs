using System.Buffers;

namespace Secrets;

/// <summary>Single quotes, in which a POSIX shell expands nothing; a single quote inside closes, stands escaped, and opens again.</summary>
internal sealed class ShellSecretEncoder() : SecretEncoder("shell")
{
    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        if (text.Contains('\0')) throw Refuse("it holds a NUL, which no shell word can");
        destination.Write("'");
        for (int quote = text.IndexOf('\''); quote >= 0; quote = text.IndexOf('\''))
        {
            destination.Write(text[..quote]);
            destination.Write("'\\''");
            text = text[(quote + 1)..];
        }

        destination.Write(text);
        destination.Write("'");
    }
}
