namespace Secrets;

/// <summary>As much of a longer text as can be parsed without what follows: it ends before anything that might go on.</summary>
/// <param name="Template">The piece.</param>
/// <param name="Length">Its length in chars.</param>
/// <param name="End">Where it ends in the whole text.</param>
internal readonly record struct SecretStreamPiece(SecretTemplate Template, int Length, SecretPlace End)
{
    // An escape, a doubled sign or a closer that is cut in two looks wrong, not unfinished; none is longer than this.
    private const int LongestToken = 8;

    internal static SecretStreamPiece Parse(string text, bool isLast, SecretPlace origin, SecretTemplateOptions options)
    {
        SecretPlaceCounter places = new(text, origin);
        SecretTemplateBuilder builder = new();
        int end = isLast ? text.Length : SafeEnd(text, options);
        if (text.Length - end > SecretStreamResolver.MaxReferenceLength) throw TooLong(end).ToException(places);
        string piece = end == text.Length ? text : text[..end];
        if (!SecretTemplateScanner.TryScan(piece, default, places, options, builder, out SecretTemplateFault fault)) throw fault.ToException(places);
        return new SecretStreamPiece(builder.Build(piece, options, SecretTemplateMode.Text), end, places.At(end));
    }

    // The last place where the text can be cut: not inside a reference, and not inside what may be the start of one.
    private static int SafeEnd(string text, SecretTemplateOptions options)
    {
        int at = 0;
        while (SecretOpener.TryFind(text, at, options.Syntaxes, out SecretOpener opener))
        {
            if (opener.End >= text.Length) return opener.EscapeStart;
            at = opener.End;
            if (opener.IsEscaped) continue;
            SecretReferenceParser parser = new(text, opener, options);
            if (!parser.TryParse(null, default, out _, out SecretTemplateFault fault))
                return MayBeCutOff(fault, text.Length) ? opener.EscapeStart : text.Length;
            at = parser.End;
        }

        int tail = text.AsSpan(at).TrimEnd("{<").Length;
        if (tail > 0 && text[at + tail - 1] == '$') tail--;
        return at + text.AsSpan(at, tail).TrimEnd('\\').Length;
    }

    private static bool MayBeCutOff(SecretTemplateFault fault, int length) =>
        fault.Reason is "unclosed" or "unclosed-quote" || fault.Offset >= length - LongestToken;

    private static SecretTemplateFault TooLong(int offset) => new(
        offset, "too-long", $"no reference in a stream may be longer than {SecretStreamResolver.MaxReferenceLength} chars. Close it, escape it, or resolve the text as a whole.");
}
