namespace Secrets;

/// <summary>
/// A document under parsing: what surrounds the values is copied as it stands, and each value that holds references is written anew, in
/// quotes and encoded. The parsers of the modes find the values; this puts the template together.
/// </summary>
internal sealed class SecretDocument(string text, SecretTemplateOptions options, bool takesScalars, List<SecretTemplateFault>? faults)
{
    private readonly SecretTemplateBuilder _builder = new();
    private readonly SecretTemplateOptions _inside = options with { Encoders = takesScalars ? options.Encoders.WithScalar() : options.Encoders };
    private int _copied;

    internal string Text { get; } = text;

    internal SecretTemplateOptions Options { get; } = options;

    internal SecretPlaceCounter Places { get; } = new(text, options);

    /// <summary>Whether anything in a value opens, or would if it were not escaped.</summary>
    internal bool Concerns(string content) => SecretOpener.TryFind(content, 0, Options.Syntaxes, out _);

    /// <summary>Takes a value.</summary>
    /// <param name="start">Where it starts in the document, quotes included.</param>
    /// <param name="end">The char after it.</param>
    /// <param name="content">What it says, unescaped.</param>
    /// <param name="map">Where the content's chars stand in the document.</param>
    /// <param name="textEncoder">How the text around references is encoded; null if it is encoded already.</param>
    /// <param name="valueEncoder">How values are encoded.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>.</exception>
    internal void Add(int start, int end, string content, SecretOffsetMap map, SecretEncoder? textEncoder, SecretEncoder valueEncoder)
    {
        if (!Concerns(content)) return;
        SecretTemplateBuilder inside = new();
        if (!SecretTemplateScanner.TryScan(content, map, Places, _inside, inside, out SecretTemplateFault fault, faults)) throw fault.ToException(Places);

        _builder.AddRaw(Text, _copied, start - _copied);
        _copied = end;
        ReadOnlySpan<SecretTemplateSegment> segments = inside.Build(content, _inside, SecretTemplateMode.Text).SegmentSpan;
        if (segments is [{ Reference: { Encoder: SecretTemplateScalar } scalar }])
        {
            _builder.AddReference(scalar);
            return;
        }

        _builder.AddRaw("\"", 0, 1);
        foreach (SecretTemplateSegment segment in segments)
        {
            if (segment.Reference is { Encoder: SecretTemplateScalar } misplaced)
                throw Fault(misplaced.Place.Offset, "scalar", "'| scalar' takes a string that is nothing but the one reference, quotes aside.");
            _builder.Position = segment.Reference is null ? textEncoder : valueEncoder;
            if (segment.Reference is { } reference)
                _builder.AddReference(reference);
            else
                AddText(segment, start);
        }

        _builder.Position = null;
        _builder.AddRaw("\"", 0, 1);
    }

    internal SecretTemplate Build(SecretTemplateMode mode)
    {
        _builder.AddRaw(Text, _copied, Text.Length - _copied);
        return _builder.Build(Text, Options, mode);
    }

    internal SecretException Fault(int offset, string reason, string message) => new SecretTemplateFault(offset, reason, message).ToException(Places);

    /// <summary>
    /// The end of the opener or reference that starts at a place, so that what it holds (a quote, a comment sign) ends nothing around it.
    /// </summary>
    /// <returns>The char after it; <paramref name="at"/> if nothing opens there.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>.</exception>
    internal int SkipReference(int at, ref SecretOpener next)
    {
        if (next.End <= at && !SecretOpener.TryFind(Text, at, Options.Syntaxes, out next)) next = new SecretOpener(Text.Length, Text.Length, int.MaxValue, SecretSyntaxes.None);
        if (next.EscapeStart != at) return at;
        if (next.IsEscaped) return next.End;
        SecretReferenceParser parser = new(Text, next, _inside);
        if (parser.TryParse(null, default, out _, out SecretTemplateFault fault)) return parser.End;
        // Who collects faults will meet this one when the value is added.
        return faults is null ? throw fault.ToException(Places) : next.End;
    }

    private void AddText(SecretTemplateSegment segment, int start)
    {
        try
        {
            _builder.AddText(segment.ToString(), 0, segment.TextLength);
        }
        catch (SecretException refused) when (refused.Code == SecretErrorCode.InvalidArgument)
        {
            throw Fault(start, "bad-text", "the text beside the reference holds a char that this kind of document cannot.");
        }
    }
}
