namespace Secrets;

/// <summary>
/// Keeps versions of several stores apart: "1" of one store must never pass for "1" of another, in a conditional write, a "same as before" or
/// a read by version. The first store's versions stay as they are; another's carry its name.
/// </summary>
internal sealed class VersionTag(IReadOnlyList<string> storeNames)
{
    internal SecretVersion Add(int store, SecretVersion version) =>
        store == 0 || string.IsNullOrEmpty(version.Value) ? version : new SecretVersion($"{version.Value}@{storeNames[store]}");

    internal SecretProperties Add(int store, SecretProperties properties) =>
        store == 0 ? properties : properties with { Version = Add(store, properties.Version) };

    internal Secret Add(int store, Secret secret) =>
        store == 0 ? secret : new Secret(Add(store, secret.Properties), secret.Values);

    internal (int Store, SecretVersion Version) Remove(SecretVersion version)
    {
        for (int i = 1; i < storeNames.Count; i++)
        {
            string tag = "@" + storeNames[i];
            if (version.Value is { } text && text.EndsWith(tag, StringComparison.Ordinal)) return (i, new SecretVersion(text[..^tag.Length]));
        }

        return (0, version);
    }

    /// <summary>The read as one store is to see it: "unless at version" only where that version is from.</summary>
    internal SecretRead For(int store, SecretRead read)
    {
        SecretVersion? version = read.Version is { } asked ? Remove(asked).Version : null;
        SecretVersion? unless = read.UnlessVersion is { } had && Remove(had) is var (from, bare) && from == store ? bare : null;
        return new SecretRead(read.Address, version, unless);
    }
}
