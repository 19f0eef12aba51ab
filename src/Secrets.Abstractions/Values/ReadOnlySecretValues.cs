using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>What a secret shows of its pairs. A secret is shared by all who read it, so that not even a cast may give something to change.</summary>
[DebuggerDisplay("{Count} keys")]
internal sealed class ReadOnlySecretValues(SecretValues values) : IReadOnlyDictionary<string, SecretValue>
{
    public int Count => values.Count;

    public IEnumerable<string> Keys => values.Keys;

    public IEnumerable<SecretValue> Values => values.Values;

    public SecretValue this[string key] => values[key];

    public bool ContainsKey(string key) => values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SecretValue value) => values.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, SecretValue>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => values.ToString();
}
