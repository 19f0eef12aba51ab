using System.Buffers;

namespace Secrets;

/// <summary>The quoting of <c>DbConnectionStringBuilder</c>: bare where every char is harmless, else in double quotes that are doubled inside.</summary>
internal sealed class ConnectionStringSecretEncoder() : SecretEncoder("connection-string")
{
    // Harmless in every ADO.NET parser; braces, which ODBC gives a meaning to, are not among them.
    private static readonly SearchValues<char> Bare =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/!@#%&*()[]<>?:,^|");

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        if (text.Contains('\0')) throw Refuse("it holds a NUL, which no connection string can");
        if (!text.IsEmpty && !text.ContainsAnyExcept(Bare))
        {
            destination.Write(text);
            return;
        }

        destination.Write("\"");
        for (int quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            destination.Write(text[..(quote + 1)]);
            destination.Write("\"");
            text = text[(quote + 1)..];
        }

        destination.Write(text);
        destination.Write("\"");
    }
}
