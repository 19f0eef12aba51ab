using System.Text;

namespace Secrets;

/// <summary>What a write may hold. Checked before anything is sealed.</summary>
internal static class WriteLimits
{
    internal const int MaxValueBytes = 1024 * 1024;
    internal const int MaxNameLength = 253;
    private const int MaxPropertyBytes = 64 * 1024;
    private const int MaxTextBytes = ushort.MaxValue - 1;
    private const int MaxPairs = 10_000;

    internal static void Check(SecretWrite write, string storeName)
    {
        SecretAddress address = write.Address;
        if (string.IsNullOrEmpty(address.Name))
            throw Invalid("name", "the name is empty. Give it one.");
        if (address.Name.Length > MaxNameLength)
            throw Invalid("name-length", $"the name has {address.Name.Length} chars, more than {MaxNameLength}. Choose a shorter one.");
        if (address.Owner is { Length: 0 })
            throw Invalid("owner", "the owner is empty. A public secret has none (null).");
        if (write.Condition is { IfAbsent: true, IfVersion: not null })
            throw Invalid("condition", "it cannot be absent and at a version at once. Ask for one of them.");
        if (!IsWellFormed(write))
            throw Invalid("text", "a name, key, tag or description holds a lone surrogate, which UTF-8 cannot hold. Remove it.");
        CheckSize(write, Invalid);

        SecretException Invalid(string reason, string what) => StoreErrors.Invalid(address, reason, what, storeName);
    }

    private static void CheckSize(SecretWrite write, Func<string, string, SecretException> invalid)
    {
        if (write.Values.Count > MaxPairs || write.Properties.Tags.Count > MaxPairs)
            throw invalid("pairs", $"it has more than {MaxPairs} keys or tags. Split it.");
        // A secret with one key `value` is its value; any other is its keys and values together.
        bool isSingle = write.Values.Count == 1 && write.Values.ContainsKey(SecretProperties.SingleKey);
        long size = write.Values.Sum(pair => (long)pair.Value.ByteCount + (isSingle ? 0 : Encoding.UTF8.GetByteCount(pair.Key)));
        if (size > MaxValueBytes)
            throw invalid("value-size", $"its values have {size} bytes, more than {MaxValueBytes}. Keep large data elsewhere and its key here.");
        if (Texts(write).Any(text => Encoding.UTF8.GetByteCount(text) > MaxTextBytes) || Texts(write).Sum(text => (long)Encoding.UTF8.GetByteCount(text)) > MaxPropertyBytes)
            throw invalid("property-size", $"its name, keys, tags and description have more than {MaxPropertyBytes} bytes together. Shorten them.");
    }

    private static bool IsWellFormed(SecretWrite write)
    {
        foreach (string text in Texts(write))
        {
            ReadOnlySpan<char> rest = text;
            while (!rest.IsEmpty)
            {
                if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
                    return false;
                rest = rest[consumed..];
            }
        }

        return true;
    }

    private static IEnumerable<string> Texts(SecretWrite write) => new[] { write.Address.Name, write.Address.Owner, write.Properties.Type, write.Properties.Description }
        .OfType<string>()
        .Concat(write.Properties.Tags.SelectMany(tag => new[] { tag.Key, tag.Value }))
        .Concat(write.Values.Keys);
}
