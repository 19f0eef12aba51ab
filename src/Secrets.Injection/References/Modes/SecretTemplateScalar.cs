using System.Buffers;
using System.Globalization;

namespace Secrets;

/// <summary>
/// What <c>| scalar</c> means in JSON and YAML: a string that is nothing but the reference becomes a bare number or boolean. A value that is
/// neither is refused, so that it can never become structure.
/// </summary>
internal sealed class SecretTemplateScalar() : SecretEncoder(EncoderName)
{
    internal const string EncoderName = "scalar";

    internal static SecretTemplateScalar Instance { get; } = new();

    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        if (text is not ("true" or "false") && !IsNumber(text)) throw Refuse("it is neither a number nor true or false, as '| scalar' asks for");
        destination.Write(text);
    }

    // JSON's own grammar: no leading zeros, no plus, a digit on both sides of the point.
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> digits = text.StartsWith('-') ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1])) return false;
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])) return false;
        int point = digits.IndexOf('.');
        if (point >= 0 && (point == 0 || !char.IsAsciiDigit(digits[point - 1]) || !char.IsAsciiDigit(digits[point + 1]))) return false;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, Style, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
    }
}
