using System.Buffers;

namespace Secrets;

/// <summary>
/// Encodes a value for where it goes: <c>{{db.password | url}}</c>. The built-in ones are properties here; a host adds its own by deriving
/// from this class and handing <see cref="SecretEncoders.With"/> to the template's options.
/// </summary>
/// <remarks>
/// An encoder must be safe to use from any thread, must keep nothing of what it is given, and must never put it into an exception. It writes
/// into a buffer that is cleared after use.
/// </remarks>
public abstract class SecretEncoder
{
    private const int MaxNameLength = 32;

    /// <summary>Names the encoder.</summary>
    /// <param name="name">1 to 32 of <c>a-z 0-9 -</c>, starting with a letter: what stands after the bar.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the name breaks its rule.</exception>
    protected SecretEncoder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(name[0]) || !name.All(SecretReferenceRules.IsEncoderChar))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"An encoder's name takes 1 to {MaxNameLength} of a-z 0-9 -, a letter first.") { Reason = "encoder-name" };
        Name = name;
    }

    /// <summary>The inside of a JSON string, without its quotes.</summary>
    public static SecretEncoder Json { get; } = new JsonSecretEncoder();

    /// <summary>One component of a URL: everything but letters, digits and <c>-._~</c> is percent-encoded as UTF-8.</summary>
    public static SecretEncoder Url { get; } = new UrlSecretEncoder();

    /// <summary>Standard base64 with padding, of the bytes. The only built-in one that takes values which are not text.</summary>
    public static SecretEncoder Base64 { get; } = new Base64SecretEncoder();

    /// <summary>One word of a POSIX shell, its single quotes included.</summary>
    public static SecretEncoder Shell { get; } = new ShellSecretEncoder();

    /// <summary>One value of an ADO.NET connection string, its quotes included where it needs them.</summary>
    public static SecretEncoder ConnectionString { get; } = new ConnectionStringSecretEncoder();

    /// <summary>The text of an XML element or of an attribute in either quotes.</summary>
    public static SecretEncoder Xml { get; } = new XmlSecretEncoder();

    /// <summary>What stands after the bar.</summary>
    public string Name { get; }

    /// <summary>Encodes text.</summary>
    /// <param name="text">The value: well-formed UTF-16, possibly empty.</param>
    /// <param name="destination">Takes the encoded text.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the value cannot be written there at all.</exception>
    public abstract void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination);

    /// <summary>Encodes bytes that are not text. Refused, unless the encoder overrides it.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="destination">Takes the encoded text.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: this encoder takes text only.</exception>
    public virtual void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<char> destination) =>
        throw Refuse($"it is not text, and the encoder '{Name}' takes text only. Write '| base64' instead");

    /// <summary>The encoder's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    /// <summary>Says why a value cannot be encoded.</summary>
    /// <param name="why">The rest of the sentence "The value cannot stand here: ". Never any part of the value.</param>
    /// <returns>The exception to throw.</returns>
    protected static SecretException Refuse(string why) =>
        new(SecretErrorCode.InvalidArgument, $"The value cannot stand here: {why}.") { Reason = "encoder" };
}
