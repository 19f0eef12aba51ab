using System.Collections.Frozen;

namespace Secrets;

/// <summary>The types that a host knows: the built-in ones, and its own.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class SecretTypeRegistry
{
    private readonly FrozenDictionary<string, SecretType> _byWord;

    private SecretTypeRegistry(IReadOnlyList<SecretType> types)
    {
        Types = types;
        Dictionary<string, SecretType> byWord = new(StringComparer.OrdinalIgnoreCase);
        foreach (SecretType type in types)
        {
            foreach (string word in (string[])[type.Id, type.ListedAs, .. type.Aliases]) byWord[word] = type;
        }

        _byWord = byWord.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The built-in types.</summary>
    public static SecretTypeRegistry Default { get; } = new(SecretTypes.All);

    /// <summary>The types.</summary>
    public IReadOnlyList<SecretType> Types { get; }

    /// <summary>The same with another type. One of the same id is replaced.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The new registry.</returns>
    public SecretTypeRegistry With(SecretType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new SecretTypeRegistry([.. Types.Where(other => other.Id != type.Id), type]);
    }

    /// <summary>The type that a word names: its id, how it is listed, or an alias, in any case.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The type, or null.</returns>
    public SecretType? Find(string word) => _byWord.GetValueOrDefault(word);

    /// <summary>The type that a word names.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The type.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>unknown-type</c>): no such type; the message lists them.</exception>
    public SecretType Get(string word) => Find(word) ?? throw new SecretException(
        SecretErrorCode.InvalidArgument, $"There is no secret type '{word}'. The types are: {string.Join(", ", Types.Select(static type => type.Id))}.")
    {
        Reason = "unknown-type",
    };

    /// <summary>
    /// The type of a stored secret: the one that it says; or, for variables only, what its keys say (a secret with <c>HF_TOKEN</c> is a Hugging
    /// Face token).
    /// </summary>
    /// <param name="properties">The secret.</param>
    /// <returns>The type; null for one without a type, or of a type that this host does not know.</returns>
    public SecretType? TypeOf(SecretProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        SecretType? type = properties.Type is null ? null : Find(properties.Type);
        if (type != SecretTypes.Environment || properties.KeyNames is not [string key]) return type;
        return key == "HF_TOKEN" && Find("hf") is { } huggingFace ? huggingFace : type;
    }
}
