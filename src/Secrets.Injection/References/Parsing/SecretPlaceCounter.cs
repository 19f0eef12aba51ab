namespace Secrets;

/// <summary>
/// Turns offsets into lines and columns. Counts on from the last place it was asked for and cannot go back, so that a document of any length
/// with any number of references is walked once.
/// </summary>
/// <param name="document">The document, or a piece of one.</param>
/// <param name="origin">Its source and path, and where a piece starts in the whole.</param>
internal sealed class SecretPlaceCounter(string document, SecretPlace origin)
{
    private int _offset;
    private int _line = origin.Line;
    private int _lineStart = 1 - origin.Column;

    internal SecretPlaceCounter(string document, SecretTemplateOptions options)
        : this(document, SecretPlace.StartOf(options.Source, options.Path))
    {
    }

    /// <summary>The place of an offset, which is not before the one asked for last.</summary>
    internal SecretPlace At(int offset)
    {
        ReadOnlySpan<char> passed = document.AsSpan(_offset, offset - _offset);
        int lastBreak = passed.LastIndexOf('\n');
        if (lastBreak >= 0)
        {
            _line += passed.Count('\n');
            _lineStart = _offset + lastBreak + 1;
        }

        _offset = offset;
        return new SecretPlace(origin.Source, origin.Path, origin.Offset + offset, _line, offset - _lineStart + 1);
    }

    /// <summary>The place of any offset, counted from the start: for the one fault that ends a parse.</summary>
    internal SecretPlace Locate(int offset) => new SecretPlaceCounter(document, origin).At(offset);
}
