using System.Buffers;

namespace Secrets;

/// <summary>
/// The inside of a double-quoted dotenv value: backslash, quote, dollar and line breaks are escaped, so that nothing ends the value early and
/// nothing is substituted into it.
/// </summary>
internal sealed class DotenvValueEncoder : SecretEncoder
{
    private readonly bool _keepsSubstitution;

    private DotenvValueEncoder(bool keepsSubstitution)
        : base("dotenv") => _keepsSubstitution = keepsSubstitution;

    /// <summary>For values, and for text that stood in single quotes.</summary>
    internal static DotenvValueEncoder Literal { get; } = new(keepsSubstitution: false);

    /// <summary>For text that stood without quotes, where <c>$HOST</c> was a substitution and <c>\$</c> was not, and stay so.</summary>
    internal static DotenvValueEncoder Unquoted { get; } = new(keepsSubstitution: true);

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        if (text.Contains('\0')) throw Refuse("it holds a NUL, which no environment variable can");
        for (int special = text.IndexOfAny("\\\"$\n\r"); special >= 0; special = text.IndexOfAny("\\\"$\n\r"))
        {
            destination.Write(text[..special]);
            char c = text[special];
            if (_keepsSubstitution && c == '$')
            {
                destination.Write("$");
            }
            else if (_keepsSubstitution && c == '\\' && special + 1 < text.Length && text[special + 1] == '$')
            {
                destination.Write("\\$");
                special++;
            }
            else
            {
                destination.Write(c switch { '\\' => "\\\\", '"' => "\\\"", '$' => "\\$", '\n' => "\\n", _ => "\\r" });
            }

            text = text[(special + 1)..];
        }

        destination.Write(text);
    }
}
