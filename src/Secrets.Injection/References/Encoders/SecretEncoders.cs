using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>The encoders that references may name.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
/// <example><c>new SecretTemplateOptions { Encoders = SecretEncoders.Default.With(new HexEncoder()) }</c></example>
public sealed class SecretEncoders
{
    private readonly FrozenDictionary<string, SecretEncoder> _encoders;
    private SecretEncoders? _withScalar;

    private SecretEncoders(IEnumerable<SecretEncoder> encoders) => _encoders = encoders.ToFrozenDictionary(encoder => encoder.Name, StringComparer.Ordinal);

    /// <summary>json, url, base64, shell, connection-string, xml.</summary>
    public static SecretEncoders Default { get; } = new(
        [SecretEncoder.Json, SecretEncoder.Url, SecretEncoder.Base64, SecretEncoder.Shell, SecretEncoder.ConnectionString, SecretEncoder.Xml]);

    /// <summary>The names, ordered.</summary>
    public IReadOnlyList<string> Names => [.. _encoders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>These encoders and one more.</summary>
    /// <param name="encoder">The encoder to add.</param>
    /// <returns>A new set; this one stays as it is.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.AlreadyExists"/>: one of that name is there; what a name means must not change under templates.</exception>
    public SecretEncoders With(SecretEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (_encoders.ContainsKey(encoder.Name) || encoder.Name == SecretTemplateScalar.EncoderName)
            throw new SecretException(SecretErrorCode.AlreadyExists, $"There is an encoder '{encoder.Name}' already. Give yours another name.") { Reason = "encoder-name" };
        return new SecretEncoders(_encoders.Values.Append(encoder));
    }

    /// <summary>These encoders, and the one that only documents with bare numbers and booleans take.</summary>
    internal SecretEncoders WithScalar() => _withScalar ??= new(_encoders.Values.Append(SecretTemplateScalar.Instance));

    /// <summary>The encoder of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="encoder">The encoder, if there is one.</param>
    /// <returns>True if there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out SecretEncoder? encoder) => _encoders.TryGetValue(name, out encoder);
}
