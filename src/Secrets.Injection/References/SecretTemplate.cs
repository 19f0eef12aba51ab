using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Secrets;

/// <summary>
/// A text with references, parsed once: <c>Host=db;Username={{db.user}};Password={{db.password | connection-string}}</c>. Resolve it as
/// often as needed with <c>client.ResolveAsync(template)</c>. The grammar is <c>docs/references.md</c>.
/// </summary>
/// <remarks>
/// Immutable and safe to use from any thread. Parsing takes time in proportion to the text, whatever the text is. What a reference resolves
/// to is data: it is never parsed. Two templates are equal when their segments are.
/// </remarks>
public sealed partial class SecretTemplate : IEquatable<SecretTemplate>
{
    private readonly SecretTemplateSegment[] _segments;
    private readonly SecretReference[] _references;
    private readonly SecretLookup[] _lookups;
    
    internal SecretTemplate(
        string source, SecretTemplateOptions options, SecretTemplateMode mode, SecretTemplateSegment[] segments, SecretReference[] references, SecretLookup[] lookups)
    {
        Source = source;
        Options = options;
        Mode = mode;
        _segments = segments;
        _references = references;
        _lookups = lookups;
        PlainNamesOnly = Array.TrueForAll(lookups, static lookup => SecretReferenceRules.IsNameAlone(lookup));
        HasEncoders = Array.Exists(references, reference => reference.Encoder is not null || reference.PositionEncoder is not null);
        foreach (SecretTemplateSegment segment in segments)
            TextLength += segment.Reference is null ? segment.TextLength : 0;
        Literal = references.Length > 0 ? null : segments.Length == 0 ? "" : segments[0].ToString();
    }

    /// <summary>The pieces in order: text and references. No two neighbours are both text, and no text is empty.</summary>
    public IReadOnlyList<SecretTemplateSegment> Segments => _segments;

    /// <summary>The references in order.</summary>
    public IReadOnlyList<SecretReference> References => _references;

    /// <summary>What has to be looked up, each once, in the order first referred to.</summary>
    public IReadOnlyList<SecretLookup> Lookups => _lookups;

    /// <summary>True if there is something to resolve.</summary>
    public bool HasReferences => _references.Length > 0;

    /// <summary>What kind of document it was parsed as.</summary>
    public SecretTemplateMode Mode { get; }

    internal string Source { get; }

    internal SecretTemplateOptions Options { get; }

    /// <summary>The result, where there is nothing to resolve; else null.</summary>
    internal string? Literal { get; }

    internal int TextLength { get; }

    /// <summary>True if every lookup is a name alone, which a warm client answers from memory.</summary>
    internal bool PlainNamesOnly { get; }

    /// <summary>True if some value is not written as it is.</summary>
    internal bool HasEncoders { get; }

    internal ReadOnlySpan<SecretTemplateSegment> SegmentSpan => _segments;

    internal ReadOnlySpan<SecretLookup> LookupSpan => _lookups;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Default"/>.</param>
    /// <returns>The template.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.MalformedReference"/>: the message gives source, line and column, and what to write;
    /// <see cref="SecretException.Reason"/> is one of the words listed in <c>docs/references.md</c>.
    /// </exception>
    public static SecretTemplate Parse(string text, SecretTemplateOptions? options = null) =>
        TryParse(text, options, out SecretTemplate? template, out SecretException? error) ? template : throw error;

    /// <summary>Parses a text, if it can be.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Default"/>.</param>
    /// <param name="template">The template.</param>
    /// <param name="error">What <see cref="Parse(string, SecretTemplateOptions)"/> would have thrown.</param>
    /// <returns>False if a reference is malformed.</returns>
    public static bool TryParse(
        string text, SecretTemplateOptions? options, [NotNullWhen(true)] out SecretTemplate? template, [NotNullWhen(false)] out SecretException? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= SecretTemplateOptions.Default;
        if (!SecretOpener.TryFind(text, 0, options.Syntaxes, out _))
        {
            // Most texts that are looked at, in configuration above all, hold nothing.
            template = new SecretTemplate(text, options, SecretTemplateMode.Text, text.Length == 0 ? [] : [new SecretTemplateSegment(text)], [], []);
            error = null;
            return true;
        }

        return TryParse(text, options, SecretPlace.StartOf(options.Source, options.Path), new SecretTemplateBuilder(), out template, out error);
    }

    /// <summary>Parses a text of which there are many: none of them has options of its own, and one builder does for all.</summary>
    internal static bool TryParse(
        string text, SecretTemplateOptions options, SecretPlace origin, SecretTemplateBuilder builder, [NotNullWhen(true)] out SecretTemplate? template, [NotNullWhen(false)] out SecretException? error)
    {
        SecretPlaceCounter places = new(text, origin);
        builder.Clear();
        if (SecretTemplateScanner.TryScan(text, default, places, options, builder, out SecretTemplateFault fault))
        {
            template = builder.Build(text, options, SecretTemplateMode.Text);
            error = null;
            return true;
        }

        template = null;
        error = fault.ToException(places);
        return false;
    }

    /// <summary>Parses a text with the default options, if it can be.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template.</param>
    /// <returns>False if a reference is malformed.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretTemplate? template) => TryParse(text, null, out template, out _);

    /// <summary>Puts a template together from pieces.</summary>
    /// <param name="segments">The pieces; neighbouring texts are joined.</param>
    /// <returns>The template.</returns>
    public static SecretTemplate FromSegments(params IEnumerable<SecretTemplateSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        SecretTemplateBuilder builder = new();
        foreach (SecretTemplateSegment segment in segments)
        {
            if (segment.Reference is { } reference)
                builder.AddReference(reference);
            else
                builder.AddText(segment.ToString(), 0, segment.TextLength);
        }

        SecretTemplate unwritten = builder.Build("", SecretTemplateOptions.Default, SecretTemplateMode.Text);
        return new SecretTemplate(unwritten.Format(), unwritten.Options, SecretTemplateMode.Text, unwritten._segments, unwritten._references, unwritten._lookups);
    }

    /// <summary>Writes a text so that parsing gives it back as text, whatever it holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="syntaxes">The syntaxes that will be on where it is parsed. Default all.</param>
    /// <returns>The text with backslashes before what would open a reference.</returns>
    public static string Escape(string text, SecretSyntaxes syntaxes = SecretSyntaxes.All)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!SecretOpener.TryFind(text, 0, syntaxes, out _)) return text;
        StringBuilder escaped = new(text.Length + 16);
        SecretTemplateWriter.WriteText(text, syntaxes, escaped);
        return escaped.ToString();
    }

    /// <summary>
    /// Writes the template so that parsing gives an equal one: text escaped, references in their shortest form. A template of another mode
    /// (JSON, YAML, dotenv) is written as it was read.
    /// </summary>
    /// <returns>The text; never a value.</returns>
    public string Format() => Mode == SecretTemplateMode.Text ? SecretTemplateWriter.Write(this) : Source;

    /// <inheritdoc/>
    public bool Equals(SecretTemplate? other) => other is not null && _segments.AsSpan().SequenceEqual(other._segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretTemplate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (SecretTemplateSegment segment in _segments)
            hash.Add(segment);
        return hash.ToHashCode();
    }

    /// <summary>The template's text, as it was read.</summary>
    /// <returns>The text; never a value.</returns>
    public override string ToString() => Source;
}
