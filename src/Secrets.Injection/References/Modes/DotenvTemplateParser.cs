namespace Secrets;

/// <summary>Finds the values of a dotenv file: unquoted to the end of the line or a comment, or in either quotes, over several lines if need be.</summary>
internal sealed class DotenvTemplateParser(SecretDocument document)
{
    private readonly string _text = document.Text;
    private SecretOpener _next;

    internal static SecretTemplate Parse(string text, SecretTemplateOptions options, List<SecretTemplateFault>? faults = null)
    {
        SecretDocument document = new(text, options, takesScalars: false, faults);
        new DotenvTemplateParser(document).Parse();
        return document.Build(SecretTemplateMode.Dotenv);
    }

    private void Parse()
    {
        int at = 0;
        while (at < _text.Length)
        {
            int end = EndOfLine(at);
            ReadOnlySpan<char> line = _text.AsSpan(at, end - at);
            int separator = line.IndexOfAny('=', ':');
            bool comment = line.TrimStart().StartsWith('#');
            at = comment || separator < 0 ? end + 1 : EndOfLine(ReadValue(at + separator + 1)) + 1;
        }
    }

    /// <returns>The char after the value.</returns>
    private int ReadValue(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t')
            at++;
        if (at >= _text.Length) return at;
        return _text[at] is '"' or '\'' ? ReadQuoted(at) : ReadUnquoted(at);
    }

    private int ReadQuoted(int quote)
    {
        char closing = _text[quote];
        int at = quote + 1;
        while (at < _text.Length && _text[at] != closing)
        {
            int skipped = document.SkipReference(at, ref _next);
            at = skipped > at ? skipped : at + (_text[at] == '\\' && closing == '"' ? 2 : 1);
        }

        if (at >= _text.Length) throw document.Fault(quote, "dotenv", "the quote of this value is never closed.");
        string content = _text[(quote + 1)..at];
        document.Add(quote, at + 1, content, new SecretOffsetMap(quote + 1), closing == '"' ? null : DotenvValueEncoder.Literal, DotenvValueEncoder.Literal);
        return at + 1;
    }

    private int ReadUnquoted(int start)
    {
        int at = start;
        while (at < _text.Length && _text[at] is not ('\n' or '#'))
        {
            int skipped = document.SkipReference(at, ref _next);
            at = skipped > at ? skipped : at + 1;
        }

        int end = start + _text.AsSpan(start, at - start).TrimEnd().Length;
        document.Add(start, end, _text[start..end], new SecretOffsetMap(start), DotenvValueEncoder.Unquoted, DotenvValueEncoder.Literal);
        return at;
    }

    private int EndOfLine(int at)
    {
        if (at >= _text.Length) return _text.Length;
        int end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }
}
