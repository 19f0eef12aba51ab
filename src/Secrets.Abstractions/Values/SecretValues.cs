using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>
/// The key-value pairs of a secret, in the order they were added. Made for
/// <c>new() { ["username"] = "mlflow", ["password"] = password }</c>. Keys are case-sensitive.
/// </summary>
/// <remarks>Not safe to change from several threads; the client copies it at the call.</remarks>
[DebuggerDisplay("{Count} keys")]
public sealed class SecretValues : IReadOnlyDictionary<string, SecretValue>
{
    private readonly OrderedDictionary<string, SecretValue> _values;

    /// <summary>Makes an empty set of pairs.</summary>
    public SecretValues() => _values = new(StringComparer.Ordinal);

    /// <summary>Makes a copy of pairs.</summary>
    /// <param name="values">The pairs to copy; no key twice, no null.</param>
    /// <exception cref="ArgumentException">A key is there twice, or a key or value is null.</exception>
    public SecretValues(IEnumerable<KeyValuePair<string, SecretValue>> values)
        : this()
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string key, SecretValue value) in values)
            Add(key, value);
    }

    /// <summary>The number of pairs.</summary>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<SecretValue> Values => _values.Values;

    /// <summary>Gets or sets the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.KeyNotFound"/>: no such key (get).</exception>
    public SecretValue this[string key]
    {
        get => _values.TryGetValue(key, out SecretValue? value)
            ? value
            : throw new SecretException(SecretErrorCode.KeyNotFound, $"There is no key '{key}'. The keys are: {string.Join(", ", _values.Keys)}.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _values[key] = value;
        }
    }

    /// <summary>Adds a pair.</summary>
    /// <param name="key">A key that is not there yet.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(string key, SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _values.Add(key, value);
    }

    /// <summary>Removes a pair.</summary>
    /// <param name="key">The key.</param>
    /// <returns>True if it was there.</returns>
    public bool Remove(string key) => _values.Remove(key);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SecretValue value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, SecretValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names nothing and reveals nothing.</summary>
    /// <returns>The number of keys.</returns>
    public override string ToString() => $"{Count} keys";
}
