using System.Buffers;

namespace Secrets;

/// <summary>The vectorised search for whatever can open a reference.</summary>
internal static class SecretOpeners
{
    // Up to here a search for the three chars that openers begin with, of which there are few, is cheaper than the one for the openers.
    private const int ShortText = 256;

    // One per combination of syntaxes, made when first needed.
    private static readonly SearchValues<string>?[] BySyntaxes = new SearchValues<string>?[(int)SecretSyntaxes.All + 1];

    /// <summary>Where the first opener of some syntax is: its <c>$</c>, or the first of its two braces or angles; -1 if there is none.</summary>
    internal static int IndexIn(ReadOnlySpan<char> text, SecretSyntaxes syntaxes)
    {
        if (text.Length > ShortText) return text.IndexOfAny(Of(syntaxes));
        for (int at = 0; ; at++)
        {
            int hit = text[at..].IndexOfAny('{', '<', '$');
            if (hit < 0 || at + hit + 1 >= text.Length) return -1;
            at += hit;
            if ((SyntaxOf(text[at], text[at + 1]) & syntaxes) != 0) return at;
        }
    }

    private static SecretSyntaxes SyntaxOf(char first, char second) => (first, second) switch
    {
        ('{', '{') => SecretSyntaxes.DoubleBraces,
        ('<', '<') => SecretSyntaxes.DoubleAngles,
        ('$', '{') => SecretSyntaxes.DollarBraces,
        ('$', '<') => SecretSyntaxes.DollarAngles,
        _ => SecretSyntaxes.None,
    };

    private static SearchValues<string> Of(SecretSyntaxes syntaxes)
    {
        ref SearchValues<string>? slot = ref BySyntaxes[(int)(syntaxes & SecretSyntaxes.All)];
        return slot ??= Create(syntaxes);
    }

    private static SearchValues<string> Create(SecretSyntaxes syntaxes)
    {
        List<string> openers = [];
        if (syntaxes.HasFlag(SecretSyntaxes.DoubleBraces)) openers.Add("{{");
        if (syntaxes.HasFlag(SecretSyntaxes.DoubleAngles)) openers.Add("<<");
        if (syntaxes.HasFlag(SecretSyntaxes.DollarBraces)) openers.Add("${");
        if (syntaxes.HasFlag(SecretSyntaxes.DollarAngles)) openers.Add("$<");
        return SearchValues.Create(openers.ToArray(), StringComparison.Ordinal);
    }
}
