namespace Secrets;

/// <summary>Which names and keys may be written. Derive from it to be stricter or wider; reading never checks keys.</summary>
/// <remarks>Implementations are immutable and safe to use from any thread.</remarks>
public abstract class SecretNameRule
{
    /// <summary>
    /// Names: 1 to 253 of letters, digits and <c>_ - . /</c>, beginning with a letter, digit or <c>_</c>, without an empty, <c>.</c> or
    /// <c>..</c> segment. Keys: 1 to 253 of letters, digits and <c>_ - .</c>, not <c>.</c> or <c>..</c>. Letters and digits are ASCII.
    /// </summary>
    public static SecretNameRule Default { get; } = new DefaultSecretNameRule();

    /// <summary>Whether an update keeps the keys that a secret was created with: values change, names of keys do not. Default false.</summary>
    public virtual bool KeysAreFixed => false;

    /// <summary>Says what is wrong with a secret's name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The rule it breaks, as a sentence; null if it is fine.</returns>
    public abstract string? WhatIsWrongWithName(string name);

    /// <summary>Says what is wrong with keeping a secret at a scope.</summary>
    /// <param name="scope">The scope of a secret that is to be created.</param>
    /// <returns>The rule it breaks, as a sentence; null if it is fine, which every scope is by default.</returns>
    public virtual string? WhatIsWrongWithScope(SecretScope scope) => null;

    /// <summary>Says what is wrong with a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The rule it breaks, as a sentence; null if it is fine.</returns>
    public abstract string? WhatIsWrongWithKey(string key);

    /// <summary>Says what is wrong with a value, besides the store's own limits.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The value; never to be shown.</param>
    /// <returns>The rule it breaks, as a sentence without any part of the value; null if it is fine, which every value is by default.</returns>
    public virtual string? WhatIsWrongWithValue(string key, SecretValue value) => null;
}
