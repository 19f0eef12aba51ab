namespace Secrets;

/// <summary>One value that a registration asks for.</summary>
/// <param name="Lookup">The secret that the reference names.</param>
/// <param name="Key">The key; null for a secret of one value.</param>
/// <param name="HasSecret">Whether the secret is there.</param>
/// <param name="HasValue">Whether the key is there: then no answer keeps its value.</param>
public sealed record SecretRequest(SecretLookup Lookup, string? Key, bool HasSecret, bool HasValue)
{
    // A secret of one value keeps its only key, whatever that is called.
    internal string KeyToWrite { get; init; } = Key ?? SecretProperties.SingleKey;

    /// <summary><c>name.key</c>, or <c>name</c> for a secret of one value.</summary>
    public string QualifiedName => Key is null ? Lookup.Name : $"{Lookup.Name}.{Key}";
}
