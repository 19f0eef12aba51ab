using System.Globalization;

namespace Secrets;

/// <summary>What is checked before anything is sent to a store, so that bad input never half-writes.</summary>
internal sealed class WriteRules(SecretNameRule names, ISecretStore store)
{
    private const int MaxDescriptionLength = 1024;
    private const int MaxTags = 64;
    private const int MaxTagLength = 256;

    internal void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (names.WhatIsWrongWithName(name) is { } wrong)
            throw ClientErrors.Invalid("name", $"{Shown(name)} is not a name for a secret. {wrong}");
        if (name.Length > store.Capabilities.MaxNameLength)
            throw ClientErrors.Invalid("name", string.Create(CultureInfo.InvariantCulture, $"The name '{name}' has {name.Length} chars; the store '{store.Name}' takes {store.Capabilities.MaxNameLength}."));
    }

    internal void CheckScope(string name, SecretScope scope)
    {
        if (names.WhatIsWrongWithScope(scope) is { } wrong)
            throw ClientErrors.Invalid("scope-kind", $"The secret '{name}' cannot be kept at {scope}. {wrong}", SecretAddress.Public(scope, name));
    }

    /// <summary>Only keys that a caller sets are checked: a secret that has a strange key already can still be changed.</summary>
    internal void CheckKeys(SecretAddress address, IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            if (names.WhatIsWrongWithKey(key) is { } wrong)
                throw ClientErrors.Invalid("key", $"{Shown(key)} is not a key for the secret {address}. {wrong}", address);
        }
    }

    internal void CheckSameKeys(SecretAddress address, IEnumerable<string> before, SecretValues after)
    {
        if (names.KeysAreFixed && !after.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(before))
            throw ClientErrors.Invalid("keys-fixed", $"The keys of the secret {address} stay as they were created; only their values change. Delete it and create it anew.", address);
    }

    internal void CheckValues(SecretAddress address, SecretValues values)
    {
        if (values.Count == 0)
            throw ClientErrors.Invalid("no-keys", $"The secret {address} would have no key. Give it at least one, or delete it.", address);
        SecretStoreCapabilities capabilities = store.Capabilities;
        long bytes = 0;
        foreach ((string key, SecretValue value) in values)
        {
            bytes += value.ByteCount;
            if (names.WhatIsWrongWithValue(key, value) is { } wrong)
                throw ClientErrors.Invalid("value", $"The value of the key {Shown(key)} of the secret {address} cannot be kept. {wrong}", address);
            if (!value.IsText && !capabilities.Has(SecretStoreFeatures.Binary))
                throw Binary(address, key);
        }

        if (bytes > capabilities.MaxValueBytes)
        {
            throw ClientErrors.Invalid("value-too-long", string.Create(CultureInfo.InvariantCulture,
                $"The values of the secret {address} have {bytes} bytes; the store '{store.Name}' takes {capabilities.MaxValueBytes}. Split it, or keep the bulk elsewhere, encrypted with a key kept here."), address);
        }
    }

    internal void CheckProperties(SecretAddress address, SecretProperties properties)
    {
        if (properties.Description?.Length > MaxDescriptionLength)
            throw ClientErrors.Invalid("description", $"The description of the secret {address} is longer than 1,024 chars.", address);
        if (properties.Tags.Count > MaxTags)
            throw ClientErrors.Invalid("tags", $"The secret {address} would have more than {MaxTags} tags.", address);
        foreach ((string tag, string value) in properties.Tags)
        {
            if (tag.Length is 0 or > MaxTagLength || value is null || value.Length > MaxTagLength)
                throw ClientErrors.Invalid("tags", $"A tag of the secret {address} has no name, or is longer than {MaxTagLength} chars.", address);
        }
    }

    private SecretException Binary(SecretAddress address, string key) => new(
        SecretErrorCode.Unsupported,
        $"The key '{key}' of the secret {address} is not text, and the store '{store.Name}' lacks the capability {SecretStoreFeatures.Binary}. Encode it (base64), or use a store that declares it.")
    {
        StoreName = store.Name,
        Address = address,
        Reason = "capability",
    };

    // What a caller gives as a name can be anything, a pasted value included: show a short, printable, legal-looking one only.
    private static string Shown(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => c is > ' ' and < (char)0x7F) ? $"'{text}'" : string.Create(CultureInfo.InvariantCulture, $"A text of {text.Length} chars");
}
