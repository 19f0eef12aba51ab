using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Secrets;

/// <summary>
/// One secret value: UTF-8 text or raw bytes. It shows <c>***</c> wherever it is printed, formatted, serialised or debugged; plaintext
/// comes only from the members whose names begin with <c>Reveal</c>, so that a text search finds every place.
/// </summary>
/// <remarks>
/// Immutable and safe to use from any thread. Empty is a value. Not promised: the bytes are ordinary managed memory; they are not locked
/// against swapping, and the garbage collector may copy them (see <c>docs/threat-model.md</c>).
/// </remarks>
[DebuggerDisplay("***")]
[DebuggerTypeProxy(typeof(RedactedView))]
[JsonConverter(typeof(SecretValueJsonConverter))]
[TypeConverter(typeof(SecretValueTypeConverter))]
public sealed class SecretValue : IEquatable<SecretValue>
{
    /// <summary>What every printed form of a value is.</summary>
    public const string Redacted = "***";

    private const int NotText = -1;

    // Seeds the hash code, so that it does not fingerprint the value outside this process.
    private static readonly byte[] HashKey = RandomNumberGenerator.GetBytes(16);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly int _charCount;

    private SecretValue(byte[] bytes)
    {
        _bytes = bytes;
        _charCount = Utf8.IsValid(bytes) ? Encoding.UTF8.GetCharCount(bytes) : NotText;
    }

    /// <summary>The empty value, which is a value.</summary>
    public static SecretValue Empty { get; } = new([]);

    /// <summary>True if the bytes are valid UTF-8, so that <see cref="RevealString"/> gives them back exactly.</summary>
    public bool IsText => _charCount != NotText;

    /// <summary>Length in bytes, 0 or more.</summary>
    public int ByteCount => _bytes.Length;

    /// <summary>Length as UTF-16 text in chars, 0 or more.</summary>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the value is not text.</exception>
    public int CharCount => IsText ? _charCount : throw NotTextException();

    /// <summary>Makes a value from text.</summary>
    /// <param name="text">Any well-formed UTF-16 text, empty included.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a lone surrogate, which UTF-8 cannot hold.</exception>
    public static SecretValue FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromChars(text);
    }

    /// <summary>Makes a value from chars, for callers that keep no string (an unechoed prompt).</summary>
    /// <param name="text">Any well-formed UTF-16 text. Copied.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a lone surrogate, which UTF-8 cannot hold.</exception>
    public static SecretValue FromChars(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        // A replacing encoder would silently store something else than was given.
        if (Utf8.FromUtf16(text, bytes, out _, out _, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new SecretException(SecretErrorCode.InvalidArgument, "The text holds a lone surrogate, which UTF-8 cannot hold. Use SecretValue.FromBytes for raw bytes.") { Reason = "lone-surrogate" };
        return bytes.Length == 0 ? Empty : new SecretValue(bytes);
    }

    /// <summary>Makes a value from bytes, of any content.</summary>
    /// <param name="bytes">The bytes. Copied.</param>
    /// <returns>The value.</returns>
    public static SecretValue FromBytes(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new SecretValue(bytes.ToArray());

    /// <summary>
    /// Text into redaction. The only implicit conversion here, because it goes in the safe direction and keeps
    /// <c>new() { ["api_key"] = key }</c> readable; there is none out.
    /// </summary>
    /// <param name="text">The text.</param>
    public static implicit operator SecretValue(string text) => FromString(text);

    /// <summary>Gives the plaintext as a new string.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the value is not text; use <see cref="RevealBytes"/>.</exception>
    public string RevealString() => IsText ? Encoding.UTF8.GetString(_bytes) : throw NotTextException();

    /// <summary>Gives the plaintext bytes as a new array, which the caller owns.</summary>
    /// <returns>The bytes.</returns>
    public byte[] RevealBytes() => _bytes.AsSpan().ToArray();

    /// <summary>Writes the plaintext as UTF-16 into a buffer, without a string in between.</summary>
    /// <param name="destination">At least <see cref="CharCount"/> long.</param>
    /// <returns>The number of chars written.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the value is not text.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int RevealTo(Span<char> destination) =>
        IsText ? Encoding.UTF8.GetChars(_bytes, destination) : throw NotTextException();

    /// <summary>Copies the plaintext bytes into a buffer.</summary>
    /// <param name="destination">At least <see cref="ByteCount"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int RevealTo(Span<byte> destination)
    {
        _bytes.CopyTo(destination);
        return _bytes.Length;
    }

    /// <summary>Always <see cref="Redacted"/>.</summary>
    /// <returns><c>***</c></returns>
    public override string ToString() => Redacted;

    /// <summary>Compares in time that depends on the lengths only.</summary>
    /// <param name="other">The other value.</param>
    /// <returns>True if the bytes are the same.</returns>
    public bool Equals([NotNullWhen(true)] SecretValue? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as SecretValue);

    /// <summary>Keyed anew in each process: equal values agree inside the process, and the code tells nothing outside it.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode()
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(HashKey, _bytes, hash);
        return BitConverter.ToInt32(hash);
    }

    /// <summary>Fixed-time equality of two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if both are null or hold the same bytes.</returns>
    public static bool operator ==(SecretValue? left, SecretValue? right) => left is null ? right is null : left.Equals(right);

    /// <summary>The negation of <c>==</c>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they differ.</returns>
    public static bool operator !=(SecretValue? left, SecretValue? right) => !(left == right);

    private static SecretException NotTextException() =>
        new(SecretErrorCode.InvalidArgument, "The value is not text (its bytes are not valid UTF-8). Use RevealBytes().") { Reason = "not-text" };

    private sealed class RedactedView(SecretValue value)
    {
        [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
        public string[] Shown { get; } = value is null ? [] : [Redacted];
    }
}
