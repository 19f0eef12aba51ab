using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>
/// One version of one secret: its properties and its key-value pairs. All pairs are of the same version, always.
/// </summary>
/// <remarks>Immutable and safe to use from any thread. It may be kept; it does not follow rotation, <see cref="ISecretsClient.OnChange"/> does.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Secret
{
    private readonly SecretValues _values;

    /// <summary>Makes a secret. For backend authors.</summary>
    /// <param name="properties">Everything that is not a value.</param>
    /// <param name="values">The pairs. Copied.</param>
    public Secret(SecretProperties properties, IEnumerable<KeyValuePair<string, SecretValue>> values)
    {
        ArgumentNullException.ThrowIfNull(properties);
        ArgumentNullException.ThrowIfNull(values);
        Properties = properties;
        _values = new SecretValues(values);
        Values = new ReadOnlySecretValues(_values);
    }

    /// <summary>Everything that is not a value.</summary>
    public SecretProperties Properties { get; }

    /// <summary>The secret's name.</summary>
    public string Name => Properties.Address.Name;

    /// <summary>The version of all its pairs.</summary>
    public SecretVersion Version => Properties.Version;

    /// <summary>The key names, in the order they were written.</summary>
    public IReadOnlyCollection<string> Keys => (IReadOnlyCollection<string>)_values.Keys;

    /// <summary>The pairs, in the order they were written.</summary>
    public IReadOnlyDictionary<string, SecretValue> Values { get; }

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key; case-sensitive.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.KeyNotFound"/>: no such key; the message lists the keys.</exception>
    public SecretValue this[string key] => _values.TryGetValue(key, out SecretValue? value) ? value : throw NoSuchKey(key);

    /// <summary>The value of a key, if it is there.</summary>
    /// <param name="key">The key; case-sensitive.</param>
    /// <param name="value">The value.</param>
    /// <returns>True if the key is there.</returns>
    public bool TryGetValue(string key, [NotNullWhen(true)] out SecretValue? value) => _values.TryGetValue(key, out value);

    /// <summary>The value of a secret that has one key, whatever the key is called: what <c>${NAME}</c> refers to.</summary>
    /// <returns>The only value; or, of several, the one with the key <c>value</c>.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.KeyNotFound"/>: there is no single value.</exception>
    public SecretValue SingleValue() => TryGetSingleValue(out SecretValue? value) ? value : throw new SecretException(
        SecretErrorCode.KeyNotFound,
        $"The secret {Properties.Address} has {_values.Count} keys ({string.Join(", ", Keys)}), so it has no single value. Name the key: {{{{{Name}.key}}}}.")
    {
        Address = Properties.Address,
        Reason = "no-single-value",
    };

    /// <summary>As <see cref="SingleValue"/>, without the exception.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True if there is a single value.</returns>
    public bool TryGetSingleValue([NotNullWhen(true)] out SecretValue? value)
    {
        if (_values.Count == 1)
        {
            value = _values.Values.First();
            return true;
        }

        return _values.TryGetValue(SecretProperties.SingleKey, out value);
    }

    /// <summary>Address, version and number of keys; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"Secret({Properties.Address}, version {Version}, {_values.Count} keys)";

    private SecretException NoSuchKey(string key) => new(
        SecretErrorCode.KeyNotFound,
        $"The secret {Properties.Address} has no key '{key}'. Its keys are: {string.Join(", ", Keys)}.")
    {
        Address = Properties.Address,
    };
}
