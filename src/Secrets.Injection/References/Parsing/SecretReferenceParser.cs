using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Secrets;

/// <summary>Parses one reference, from its opener to its closer. Reads every char at most once and never past the first one that cannot belong.</summary>
internal ref struct SecretReferenceParser(string text, SecretOpener opener, SecretTemplateOptions options)
{
    private readonly string _text = text;
    private readonly SecretOpener _opener = opener;
    private readonly SecretTemplateOptions _options = options;
    private int _at = opener.End;
    private SecretTemplateFault _fault;

    /// <summary>The char after the closer, once parsed.</summary>
    internal readonly int End => _at;

    private readonly string Open => _text.Substring(_opener.Delimiter, 2);

    private readonly char Closer => _opener.Syntax is SecretSyntaxes.DoubleBraces or SecretSyntaxes.DollarBraces ? '}' : '>';

    private readonly bool AtEnd => _at >= _text.Length;

    internal bool TryParse(
        SecretPlaceCounter? places, SecretOffsetMap map, [NotNullWhen(true)] out SecretReference? reference, out SecretTemplateFault fault)
    {
        reference = _opener.Syntax is SecretSyntaxes.DoubleBraces or SecretSyntaxes.DoubleAngles
            ? Double(places, map)
            : Dollar(places, map);
        fault = reference is null ? _fault with { Offset = map.ToDocument(_fault.Offset) } : default;
        return reference is not null;
    }

    private SecretReference? Dollar(SecretPlaceCounter? places, SecretOffsetMap map)
    {
        int start = _at;
        if (!AtEnd && SecretReferenceRules.IsIdentifierStart(_text[_at]))
        {
            while (!AtEnd && SecretReferenceRules.IsIdentifierChar(_text[_at]))
                _at++;
        }

        string name = _text[start.._at];
        string? key = name.Length > 0 && _options.TakesDottedNames ? DottedKey() : null;
        if (AtEnd) return Unclosed();
        if (_text[_at] != Closer || name.Length == 0) return UnexpectedInDollar(name.Length == 0);
        _at++;
        return new SecretReference(new SecretLookup(name), key, _opener.Syntax, null, null, places?.At(map.ToDocument(_opener.Delimiter)) ?? default);
    }

    /// <summary>Reads <c>.key</c>, if it is there; the key is whatever stands before the closer.</summary>
    private string? DottedKey()
    {
        if (AtEnd || _text[_at] != '.') return null;
        int length = _text.AsSpan(_at + 1).IndexOfAny(Closer, '\n', '"');
        if (length <= 0) return null;
        string key = _text.Substring(_at + 1, length);
        _at += 1 + length;
        return key;
    }

    private SecretReference? Double(SecretPlaceCounter? places, SecretOffsetMap map)
    {
        SkipPadding();
        if (AtEnd) return Unclosed();
        if (AtCloser()) return Fail("empty", $"nothing stands between {Open} and {CloseText()}; write a name and a key, as in {Example()}. {HowToEscape()}");
        if (!TryReadName(out string? scopeKind, out string? name)) return null;
        if (!TryReadKey(out string? key)) return null;
        SkipPadding();
        if (!TryReadVersion(out SecretVersion? version)) return null;
        SkipPadding();
        if (!TryReadDefault(out string? standIn)) return null;
        SkipPadding();
        if (!TryReadEncoder(out SecretEncoder? encoder)) return null;
        SkipPadding();
        if (AtEnd) return Unclosed();
        if (!AtCloser()) return UnexpectedInDouble();
        _at += 2;
        SecretLookup lookup = new(name) { ScopeKind = scopeKind, Version = version };
        return new SecretReference(lookup, key, _opener.Syntax, standIn, encoder, places?.At(map.ToDocument(_opener.Delimiter)) ?? default);
    }

    private bool TryReadName(out string? scopeKind, [NotNullWhen(true)] out string? name)
    {
        scopeKind = null;
        int start = _at;
        if (!TryReadWord(SecretReferenceRules.NameChars, takesLetters: true, out name)) return false;
        if (AtEnd || _text[_at] != ':' || _text[start] == '"') return name.Length > 0 || Unexpected(out name);
        if (!SecretReferenceRules.IsScopeKind(name))
        {
            _at = start;
            Fail("scope-kind", "what stands before ':' is not a scope kind (a-z 0-9 -, a letter first, as in project:). Quote a name that holds a ':'.");
            return false;
        }

        scopeKind = name;
        _at++;
        return TryReadWord(SecretReferenceRules.NameChars, takesLetters: true, out name) && (name.Length > 0 || Unexpected(out name));
    }

    private bool TryReadKey([NotNullWhen(true)] out string? key)
    {
        key = null;
        if (AtEnd) return FailUnclosed();
        if (_text[_at] != '.')
        {
            int nameEnd = _at;
            SkipPadding();
            if (AtEnd) return FailUnclosed();
            if (_text[_at] == '.') return SpaceAtDot();
            if (AtCloser()) return NoKey();
            if (_text[_at] is '@' or '?' or '|') return NoKey();
            _at = nameEnd;
            return Unexpected(out key);
        }

        _at++;
        if (AtEnd) return FailUnclosed();
        if (SecretReferenceRules.IsPadding(_text[_at])) return SpaceAtDot();
        if (!TryReadWord(SecretReferenceRules.KeyChars, takesLetters: true, out key)) return false;
        if (key.Length > 0) return true;
        return AtEnd ? FailUnclosed() : AtCloser() ? NoKey() : Unexpected(out key);
    }

    private bool TryReadVersion(out SecretVersion? version)
    {
        version = null;
        if (AtEnd || _text[_at] != '@') return true;
        _at++;
        if (!TryReadWord(SecretReferenceRules.VersionChars, takesLetters: false, out string? word)) return false;
        if (word.Length == 0)
        {
            Fail("version", "a version follows right after '@', as in @3. Quote one that holds other chars than letters, digits and _ - . /");
            return false;
        }

        version = new SecretVersion(word);
        return true;
    }

    private bool TryReadDefault(out string? standIn)
    {
        standIn = null;
        if (AtEnd || !_text.AsSpan(_at).StartsWith("??")) return true;
        _at += 2;
        SkipPadding();
        if (AtEnd) return FailUnclosed();
        if (_text[_at] == '"') return TryReadQuoted(out standIn, mayBeEmpty: true);
        Fail("default", "a default stands in double quotes, as in ?? \"default\".");
        return false;
    }

    private bool TryReadEncoder(out SecretEncoder? encoder)
    {
        encoder = null;
        if (AtEnd || _text[_at] != '|') return true;
        _at++;
        SkipPadding();
        int start = _at;
        while (!AtEnd && SecretReferenceRules.IsEncoderChar(_text[_at]))
            _at++;
        string name = _text[start.._at];
        if (_options.Encoders.TryGet(name, out encoder)) return true;
        if (AtEnd) return FailUnclosed();
        _at = start;
        string what = name.Length == 0 ? "an encoder's name follows after '|'" : $"there is no encoder '{(name.Length > 32 ? name[..32] : name)}'";
        Fail("unknown-encoder", $"{what}. The encoders are: {string.Join(", ", _options.Encoders.Names)}.");
        return false;
    }

    /// <summary>Reads a quoted word or a run of plain chars. An empty plain run succeeds; what it means is the caller's to say.</summary>
    private bool TryReadWord(SearchValues<char> plain, bool takesLetters, [NotNullWhen(true)] out string? word)
    {
        if (!AtEnd && _text[_at] == '"') return TryReadQuoted(out word, mayBeEmpty: false);
        int start = _at;
        while (true)
        {
            int length = _text.AsSpan(_at).IndexOfAnyExcept(plain);
            _at = length < 0 ? _text.Length : _at + length;
            if (!takesLetters || AtEnd || !SecretReferenceRules.IsForeignLetter(_text[_at])) break;
            _at++;
        }

        word = _text[start.._at];
        return true;
    }

    private bool TryReadQuoted([NotNullWhen(true)] out string? word, bool mayBeEmpty)
    {
        int start = _at;
        SecretQuotedText quoted = SecretQuotedText.Read(_text, start);
        word = quoted.Text;
        _at = quoted.End;
        if (word is null)
        {
            Fail(quoted.Reason!, quoted.Message!);
            return false;
        }

        if (word.Length > 0 || mayBeEmpty) return true;
        _at = start;
        Fail("empty", "a name, key or version cannot be empty.");
        return false;
    }

    private void SkipPadding()
    {
        while (!AtEnd && SecretReferenceRules.IsPadding(_text[_at]))
            _at++;
    }

    private readonly bool AtCloser() => _at + 1 < _text.Length && _text[_at] == Closer && _text[_at + 1] == Closer;

    private readonly string CloseText() => SecretReferenceWriter.Delimiters(_opener.Syntax).Close;

    private readonly string Example() => $"{Open}name.key{CloseText()}";

    private readonly string HowToEscape() => $"If {Open} is meant as text, write \\{Open} or switch the syntax off.";

    private SecretReference? Unclosed()
    {
        _at = _opener.Delimiter;
        return Fail("unclosed", $"{Open} is never closed by {CloseText()}. {HowToEscape()}");
    }

    private bool FailUnclosed() => Unclosed() is not null;

    private bool NoKey()
    {
        Fail("no-key", $"the reference names no key; write {Example()}, or ${{NAME}} for the only value of a secret. {HowToEscape()}");
        return false;
    }

    private bool SpaceAtDot()
    {
        Fail("space-at-dot", $"no space may stand around the dot; write {Example()}. {HowToEscape()}");
        return false;
    }

    private bool Unexpected(out string? nothing)
    {
        nothing = null;
        UnexpectedInDouble();
        return false;
    }

    private SecretReference? UnexpectedInDouble()
    {
        if (AtEnd) return Unclosed();
        string advice = _text[_at] is '@' or '?' or '|'
            ? "After the key come, each at most once and in this order: @version, ?? \"default\", | encoder."
            : $"Names and keys take letters, digits and _ - /, keys dots too; quote others, as in {Open}\"my name\".key{CloseText()}.";
        return Fail("unexpected", $"{Shown(_text[_at])} cannot stand here in a reference. {advice} {HowToEscape()}");
    }

    private SecretReference? UnexpectedInDollar(bool first)
    {
        string rule = first ? "a name starts with a letter or _" : "a name holds letters, digits and _, and nothing else stands before the closer";
        (string open, string close) = _opener.Syntax == SecretSyntaxes.DollarBraces ? ("{{", "}}") : ("<<", ">>");
        return Fail("unexpected", $"{Shown(_text[_at])} cannot stand here: in {Open}NAME{CloseText()} {rule}. Other names, keys, defaults and encoders take {open}name.key{close}. {HowToEscape()}");
    }

    private SecretReference? Fail(string reason, string message)
    {
        _fault = new SecretTemplateFault(Math.Min(_at, _text.Length), reason, message);
        return null;
    }

    private static string Shown(char c) => c is > ' ' and < '\x7f' ? $"'{c}'" : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");
}
