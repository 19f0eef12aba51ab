namespace Secrets;

/// <summary>One piece of a template: text as it will stand in the result, or a reference.</summary>
public readonly struct SecretTemplateSegment : IEquatable<SecretTemplateSegment>
{
    private readonly string? _text;
    private readonly int _start;
    private readonly int _length;

    /// <summary>A piece of text.</summary>
    /// <param name="text">The text as it will stand in the result, unescaped.</param>
    public SecretTemplateSegment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _length = text.Length;
    }

    /// <summary>A reference.</summary>
    /// <param name="reference">The reference.</param>
    public SecretTemplateSegment(SecretReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Reference = reference;
    }

    internal SecretTemplateSegment(string text, int start, int length) => (_text, _start, _length) = (text, start, length);

    internal SecretTemplateSegment(SecretReference reference, int index, int lookup)
    {
        Reference = reference;
        _start = index;
        _length = lookup;
    }

    /// <summary>The reference; null for text.</summary>
    public SecretReference? Reference { get; }

    /// <summary>The text; empty for a reference.</summary>
    public ReadOnlyMemory<char> Text => _text.AsMemory(Reference is null ? _start : 0, Reference is null ? _length : 0);

    internal ReadOnlySpan<char> TextSpan => _text.AsSpan(_start, _length);

    internal int TextLength => _length;

    /// <summary>Which of the template's references this is; meaningless for text.</summary>
    internal int ReferenceIndex => _start;

    /// <summary>Which of the template's lookups the reference needs; meaningless for text.</summary>
    internal int LookupIndex => _length;

    /// <inheritdoc/>
    public bool Equals(SecretTemplateSegment other) => Reference is null
        ? other.Reference is null && TextSpan.SequenceEqual(other.TextSpan)
        : Reference.Equals(other.Reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SecretTemplateSegment other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reference?.GetHashCode() ?? string.GetHashCode(TextSpan);

    /// <summary>The text, or the reference as written.</summary>
    /// <returns>The piece; never a value.</returns>
    public override string ToString() => Reference?.ToString() ?? (_text?.Length == _length ? _text : TextSpan.ToString());

    /// <summary>Equality by content.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they say the same.</returns>
    public static bool operator ==(SecretTemplateSegment left, SecretTemplateSegment right) => left.Equals(right);

    /// <summary>The negation of <c>==</c>.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True if they differ.</returns>
    public static bool operator !=(SecretTemplateSegment left, SecretTemplateSegment right) => !left.Equals(right);
}
