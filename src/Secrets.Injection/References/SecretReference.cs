namespace Secrets;

/// <summary>
/// One parsed reference: which secret, which key of it, what if it is missing, how it is encoded, and where it is written.
/// </summary>
/// <remarks>Immutable and safe to use from any thread. Two are equal when they say the same; where they are written does not count.</remarks>
public sealed class SecretReference : IEquatable<SecretReference>
{
    /// <summary>Makes a reference to a key, as <c>{{name.key}}</c> does.</summary>
    /// <param name="lookup">Which secret. Of its restrictions only <see cref="SecretLookup.ScopeKind"/> and <see cref="SecretLookup.Version"/> can be written.</param>
    /// <param name="key">Which key; not empty.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: it could not be written as a reference.</exception>
    public SecretReference(SecretLookup lookup, string key)
        : this(lookup, key, SecretSyntaxes.DoubleBraces, null, null, default)
    {
        ArgumentNullException.ThrowIfNull(key);
        SecretReferenceRules.Check(this);
    }

    /// <summary>Makes a reference to the only value of a secret, as <c>${NAME}</c> does.</summary>
    /// <param name="name">The secret's name: a letter or <c>_</c>, then letters, digits and <c>_</c>.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: it could not be written as a reference.</exception>
    public SecretReference(string name)
        : this(new SecretLookup(name), null, SecretSyntaxes.DollarBraces, null, null, default)
    {
        ArgumentNullException.ThrowIfNull(name);
        SecretReferenceRules.Check(this);
    }

    internal SecretReference(SecretLookup lookup, string? key, SecretSyntaxes syntax, string? defaultText, SecretEncoder? encoder, SecretPlace place)
    {
        Lookup = lookup;
        Key = key;
        Syntax = syntax;
        Default = defaultText;
        Encoder = encoder;
        Place = place;
    }

    /// <summary>Which secret.</summary>
    public SecretLookup Lookup { get; }

    /// <summary>Which key; null for the only value of a secret.</summary>
    public string? Key { get; }

    /// <summary>How it is written: one of the four syntaxes.</summary>
    public SecretSyntaxes Syntax { get; }

    /// <summary>
    /// The text that stands in when the secret or the key is missing; null for none. It never stands in for a secret that is denied or
    /// unavailable. It is encoded like a value.
    /// </summary>
    public string? Default { get; }

    /// <summary>How the value is encoded for where it goes; null for as it is.</summary>
    public SecretEncoder? Encoder { get; }

    /// <summary>Where it is written; default for one that was not parsed.</summary>
    public SecretPlace Place { get; }

    /// <summary><c>name.key</c>, or <c>name</c> for the only value: what reports list.</summary>
    public string QualifiedName => Key is null ? Lookup.Name : $"{Lookup.Name}.{Key}";

    /// <summary>The encoder of the position it stands at (a JSON string); applied after <see cref="Encoder"/>.</summary>
    internal SecretEncoder? PositionEncoder { get; init; }

    /// <summary>The same reference in another syntax of its kind.</summary>
    /// <param name="syntax">A double syntax for one with a key, a dollar syntax for one without.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: it cannot be written so.</exception>
    public SecretReference WithSyntax(SecretSyntaxes syntax) => Checked(new(Lookup, Key, syntax, Default, Encoder, Place));

    /// <summary>The same reference with a default for when it is missing.</summary>
    /// <param name="text">The default; null for none.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: it cannot be written so.</exception>
    public SecretReference WithDefault(string? text) => Checked(new(Lookup, Key, Syntax, text, Encoder, Place));

    /// <summary>The same reference with an encoder.</summary>
    /// <param name="encoder">The encoder; null for none.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: it cannot be written so.</exception>
    public SecretReference WithEncoder(SecretEncoder? encoder) => Checked(new(Lookup, Key, Syntax, Default, encoder, Place));

    /// <inheritdoc/>
    public bool Equals(SecretReference? other) =>
        other is not null && Syntax == other.Syntax && Lookup == other.Lookup && Key == other.Key && Default == other.Default
        && Encoder?.Name == other.Encoder?.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretReference);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Syntax, Lookup, Key, Default, Encoder?.Name);

    /// <summary>The reference as it would be written: <c>{{ project:db.password @3 | url }}</c>. Parsing it gives an equal one.</summary>
    /// <returns>The reference's text; never a value.</returns>
    public override string ToString() => SecretReferenceWriter.Write(this);

    private static SecretReference Checked(SecretReference reference)
    {
        SecretReferenceRules.Check(reference);
        return reference;
    }
}
