using System.Security.Cryptography;

namespace Secrets;

/// <summary>Applies a reference's own encoder, then the one of the position it stands at.</summary>
internal static class SecretEncoding
{
    /// <summary>Encodes a value, or the text that stands in for it.</summary>
    /// <param name="reference">The reference; it has an encoder of one kind or the other.</param>
    /// <param name="value">The value; null to encode <paramref name="text"/>.</param>
    /// <param name="text">The stand-in.</param>
    /// <param name="encoded">Takes the result.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the value cannot be written there.</exception>
    internal static void Encode(SecretReference reference, SecretValue? value, string? text, SecretCharBuffer encoded)
    {
        if (reference is { Encoder: { } own, PositionEncoder: { } position })
        {
            using SecretCharBuffer between = new();
            Encode(own, value, text, between);
            position.Encode(between.Written, encoded);
            return;
        }

        Encode((reference.Encoder ?? reference.PositionEncoder)!, value, text, encoded);
    }

    private static void Encode(SecretEncoder encoder, SecretValue? value, string? text, SecretCharBuffer encoded)
    {
        if (value is null)
        {
            encoder.Encode(text, encoded);
            return;
        }

        if (!value.IsText)
        {
            byte[] bytes = value.RevealBytes();
            encoder.Encode(bytes, encoded);
            CryptographicOperations.ZeroMemory(bytes);
            return;
        }

        using SecretCharBuffer plain = new();
        plain.Advance(value.RevealTo(plain.GetSpan(value.CharCount)));
        encoder.Encode(plain.Written, encoded);
    }
}
