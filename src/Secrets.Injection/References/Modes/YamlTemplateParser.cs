namespace Secrets;

/// <summary>
/// Finds the scalars of a YAML document. Not a YAML parser: it knows where scalars start and end, which is all that encoding by position
/// takes, and it leaves everything without a reference exactly as it stands.
/// </summary>
internal sealed class YamlTemplateParser(SecretDocument document)
{
    private const int NoNode = -1;

    private readonly string _text = document.Text;
    private SecretOpener _next;
    private int _at;
    private int _lineStart;
    private int _flowDepth;

    // The column of the last key or dash: what is indented further belongs to it.
    private int _nodeColumn = NoNode;

    // Where a plain scalar has just ended that may go on in the next line; -1 if none has.
    private int _openPlain = -1;
    private bool _openPlainHasReference;

    internal static SecretTemplate Parse(string text, SecretTemplateOptions options, List<SecretTemplateFault>? faults = null)
    {
        SecretDocument document = new(text, options, takesScalars: true, faults);
        new YamlTemplateParser(document).Parse();
        return document.Build(SecretTemplateMode.Yaml);
    }

    private int Column => _at - _lineStart;

    private void Parse()
    {
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == '\n')
                NextLine();
            else if (c is ' ' or '\t' or '\r' or '\ufeff')
                _at++;
            else if (c == '#' || (c == '%' && Column == 0 && _flowDepth == 0))
                _at = EndOfLine(_at);
            else if (_openPlain >= 0 && (_flowDepth > 0 ? !IsFlowIndicator(c) || SkipReference(_at) > _at : Column > _nodeColumn))
                ReadContinuation();
            else
                ReadNode(c);
        }
    }

    private void NextLine()
    {
        _at++;
        _lineStart = _at;
    }

    private void ReadNode(char c)
    {
        _openPlain = -1;
        bool opens = c is '{' && SkipReference(_at) > _at;
        if (_flowDepth == 0 && Column == 0 && IsDocumentMark())
        {
            _at += 3;
            _nodeColumn = NoNode;
        }
        else if (c is '-' or '?' && _flowDepth == 0 && EndsToken(_at + 1))
        {
            _nodeColumn = Column;
            _at++;
        }
        else if (c == ':' && (_flowDepth > 0 || EndsToken(_at + 1)))
        {
            _at++;
        }
        else if (!opens && (c is '[' or '{' || (_flowDepth > 0 && IsFlowIndicator(c))))
        {
            _flowDepth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            _at++;
        }
        else if (c is '!' or '&' or '*')
        {
            while (!EndsToken(_at) && !(_flowDepth > 0 && IsFlowIndicator(_text[_at])))
                _at++;
        }
        else if (c is '"' or '\'')
        {
            ReadQuoted();
        }
        else if (c is not ('|' or '>') || _flowDepth > 0 || !TryReadBlock())
        {
            ReadPlain();
        }
    }

    private void ReadQuoted()
    {
        int column = Column;
        YamlQuotedScalar scalar = YamlQuotedScalar.Read(document, _at);
        SecretOffsetMap map = scalar.Offsets is null ? new SecretOffsetMap(_at + 1) : new SecretOffsetMap(0, scalar.Offsets);
        if (scalar.IsFolded && document.Concerns(scalar.Content)) throw Folded(_at);
        document.Add(_at, scalar.End, scalar.Content, map, YamlScalarEncoder.Instance, YamlScalarEncoder.Instance);
        int lastBreak = _text.LastIndexOf('\n', scalar.End - 1, scalar.End - _at);
        if (lastBreak >= 0) _lineStart = lastBreak + 1;
        _at = scalar.End;
        KeyEnds(column);
    }

    private bool TryReadBlock()
    {
        if (!YamlBlockScalar.TryRead(_text, _at, _nodeColumn, out YamlBlockScalar block)) return false;
        if (block.IsFolded && document.Concerns(block.Content)) throw Folded(_at);
        document.Add(_at, block.End, block.Content, new SecretOffsetMap(0, block.Offsets), YamlScalarEncoder.Instance, YamlScalarEncoder.Instance);
        _at = block.End;
        return true;
    }

    private void ReadPlain()
    {
        int start = _at;
        int column = Column;
        if (IsMergeKey())
        {
            _at += 2;
            KeyEnds(column);
            return;
        }

        ScanPlain();
        int end = start + _text.AsSpan(start, _at - start).TrimEnd().Length;
        string content = _text[start..end];
        document.Add(start, end, content, new SecretOffsetMap(start), YamlScalarEncoder.Instance, YamlScalarEncoder.Instance);
        if (KeyEnds(column)) return;
        _openPlain = start;
        _openPlainHasReference = document.Concerns(content);
    }

    private void ReadContinuation()
    {
        int start = _at;
        ScanPlain();
        if (_at == start) _at++;
        if (_openPlainHasReference || document.Concerns(_text[start.._at])) throw Folded(_openPlain);
    }

    private void ScanPlain()
    {
        while (_at < _text.Length && _text[_at] != '\n')
        {
            int skipped = SkipReference(_at);
            if (skipped > _at)
            {
                _at = skipped;
                continue;
            }

            char c = _text[_at];
            bool inFlow = _flowDepth > 0;
            if (c == ':' && (EndsToken(_at + 1) || (inFlow && IsFlowIndicator(_text[_at + 1])))) return;
            if (c == '#' && _text[_at - 1] is ' ' or '\t') return;
            if (inFlow && IsFlowIndicator(c)) return;
            _at++;
        }
    }

    private bool KeyEnds(int column)
    {
        int at = _at;
        while (at < _text.Length && _text[at] is ' ' or '\t')
            at++;
        if (at >= _text.Length || _text[at] != ':' || (_flowDepth == 0 && !EndsToken(at + 1))) return false;
        if (_flowDepth == 0) _nodeColumn = column;
        _at = at + 1;
        return true;
    }

    // Merging an anchor into a mapping is written as a key of two angles, which must not be taken for a reference.
    private bool IsMergeKey() =>
        _text.AsSpan(_at).StartsWith("<<") && _text.AsSpan(_at + 2).TrimStart(" \t").StartsWith(':') && EndsToken(_text.IndexOf(':', _at) + 1);

    private bool IsDocumentMark() => (_text.AsSpan(_at).StartsWith("---") || _text.AsSpan(_at).StartsWith("...")) && EndsToken(_at + 3);

    private bool EndsToken(int at) => at >= _text.Length || _text[at] is ' ' or '\t' or '\r' or '\n';

    private static bool IsFlowIndicator(char c) => c is ',' or '[' or ']' or '{' or '}';

    private int SkipReference(int at) => document.SkipReference(at, ref _next);

    private int EndOfLine(int at)
    {
        int end = _text.IndexOf('\n', at);
        return end < 0 ? _text.Length : end;
    }

    private SecretException Folded(int offset) => document.Fault(
        offset, "yaml", "a scalar that is folded over several lines cannot hold references; write it on one line, in quotes, or as a literal block (|).");
}
