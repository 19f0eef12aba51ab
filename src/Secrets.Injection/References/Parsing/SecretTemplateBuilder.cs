using System.Text;

namespace Secrets;

/// <summary>Collects the pieces of a template: joins neighbouring text, numbers references, and gathers each lookup once.</summary>
internal sealed class SecretTemplateBuilder
{
    private readonly List<SecretTemplateSegment> _segments = new(8);
    private readonly List<SecretReference> _references = [];
    private readonly List<SecretLookup> _lookups = new(1);
    private Dictionary<SecretLookup, int>? _lookupIndexes;
    private StringBuilder? _joined;
    private string _text = "";
    private int _start;
    private int _length;

    /// <summary>How text and values are encoded for the position they stand at; null for as they are. Set by the modes that know positions.</summary>
    internal SecretEncoder? Position { get; set; }

    internal int ReferenceCount => _references.Count;

    /// <summary>Begins another template.</summary>
    internal void Clear()
    {
        _segments.Clear();
        _references.Clear();
        _lookups.Clear();
        _lookupIndexes = null;
        _joined = null;
        _length = 0;
    }

    internal void AddText(string text, int start, int length)
    {
        if (length == 0) return;
        if (Position is { } encoder)
        {
            using SecretCharBuffer buffer = new();
            encoder.Encode(text.AsSpan(start, length), buffer);
            AddRaw(buffer.Written.ToString(), 0, buffer.Length);
            return;
        }

        AddRaw(text, start, length);
    }

    /// <summary>Adds text that is encoded already: the document around the values.</summary>
    internal void AddRaw(string text, int start, int length)
    {
        if (length == 0) return;
        if (_length == 0 && _joined is null)
        {
            (_text, _start, _length) = (text, start, length);
        }
        else if (_joined is null && ReferenceEquals(_text, text) && _start + _length == start)
        {
            _length += length;
        }
        else
        {
            _joined ??= new StringBuilder(_text, _start, _length, _length + length + 64);
            _joined.Append(text, start, length);
        }
    }

    internal void AddReference(SecretReference reference)
    {
        FlushText();
        if (Position is { } position)
            reference = new(reference.Lookup, reference.Key, reference.Syntax, reference.Default, reference.Encoder, reference.Place) { PositionEncoder = position };
        _segments.Add(new SecretTemplateSegment(reference, _references.Count, IndexOf(reference.Lookup)));
        _references.Add(reference);
    }

    internal SecretTemplate Build(string source, SecretTemplateOptions options, SecretTemplateMode mode)
    {
        FlushText();
        return new SecretTemplate(source, options, mode, [.. _segments], [.. _references], [.. _lookups]);
    }

    private int IndexOf(SecretLookup lookup)
    {
        // Most templates refer to one secret, or to the same one in a row.
        if (_lookups.Count > 0 && SecretReferenceRules.AreEqual(_lookups[^1], lookup)) return _lookups.Count - 1;
        if (_lookups.Count > 0)
        {
            _lookupIndexes ??= new Dictionary<SecretLookup, int>(SecretLookupComparer.Instance) { [_lookups[0]] = 0 };
            if (_lookupIndexes.TryGetValue(lookup, out int known)) return known;
            _lookupIndexes.Add(lookup, _lookups.Count);
        }

        _lookups.Add(lookup);
        return _lookups.Count - 1;
    }

    private void FlushText()
    {
        if (_joined is not null)
        {
            _segments.Add(new SecretTemplateSegment(_joined.ToString()));
            _joined = null;
        }
        else if (_length > 0)
        {
            _segments.Add(new SecretTemplateSegment(_text, _start, _length));
        }

        _length = 0;
    }
}
