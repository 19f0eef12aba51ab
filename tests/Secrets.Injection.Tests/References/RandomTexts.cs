namespace Secrets.Injection.Tests.References;

/// <summary>Texts made to trip the parser: mostly of the chars that mean something, cut from and spliced into valid references.</summary>
internal sealed class RandomTexts(int seed)
{
    private const string Alphabet = "{{{{}}}}<<<>>>$$\\\\\\..::@??||\"\"ab9_- \n\t/é\ud83d\ude00\0#'";

    private static readonly string[] Pieces =
    [
        "{{a.b}}", "<<a.b>>", "${A}", "$<A>", "{{ p:a.b @1 ?? \"x\" | url }}", "\\{{", "\\\\", "{{", "}}", "\"\\u00e9\"", " | json", " ?? ", "project:", "{{\"a.b\".\"c\"}}",
    ];

    private readonly Random _random = new(seed);

    internal string Text()
    {
        Span<char> text = stackalloc char[48];
        int length = 0;
        int wanted = _random.Next(1, 33);
        while (length < wanted)
        {
            if (_random.Next(4) == 0)
            {
                string piece = Pieces[_random.Next(Pieces.Length)];
                int start = _random.Next(3) == 0 ? _random.Next(piece.Length) : 0;
                int count = Math.Min(_random.Next(3) == 0 ? _random.Next(piece.Length - start + 1) : piece.Length - start, text.Length - length);
                piece.AsSpan(start, count).CopyTo(text[length..]);
                length += count;
            }
            else
            {
                text[length++] = Alphabet[_random.Next(Alphabet.Length)];
            }
        }

        return text[..length].ToString();
    }

    internal SecretSyntaxes Syntaxes() => (SecretSyntaxes)_random.Next((int)SecretSyntaxes.All + 1);

    internal SecretTemplate Template()
    {
        List<SecretTemplateSegment> segments = [];
        for (int i = _random.Next(5); i >= 0; i--)
            segments.Add(_random.Next(2) == 0 ? new SecretTemplateSegment(Text()) : new SecretTemplateSegment(Reference()));
        return SecretTemplate.FromSegments(segments);
    }

    private SecretReference Reference()
    {
        if (_random.Next(4) == 0)
            return new SecretReference("N_" + _random.Next(10)).WithSyntax(_random.Next(2) == 0 ? SecretSyntaxes.DollarBraces : SecretSyntaxes.DollarAngles);
        SecretLookup lookup = new(Word())
        {
            ScopeKind = _random.Next(3) == 0 ? "project" : null,
            Version = _random.Next(3) == 0 ? new SecretVersion(Word()) : null,
        };
        return new SecretReference(lookup, Word())
            .WithSyntax(_random.Next(2) == 0 ? SecretSyntaxes.DoubleBraces : SecretSyntaxes.DoubleAngles)
            .WithDefault(_random.Next(3) == 0 ? Whole(Text()) : null)
            .WithEncoder(_random.Next(3) == 0 ? SecretEncoder.Url : null);
    }

    private string Word() => _random.Next(2) == 0 ? "name" + _random.Next(10) : Whole(Text());

    // Half a surrogate pair can be cut off at either end; no secret can be called that.
    private static string Whole(string text)
    {
        string whole = string.Concat(text.EnumerateRunes());
        return whole.Length == 0 ? "x" : whole;
    }
}
