using System.Buffers;

namespace Secrets;

/// <summary>The vectorised search for whatever can open a reference, one per combination of syntaxes, made when first needed.</summary>
internal static class SecretOpeners
{
    private static readonly SearchValues<string>?[] BySyntaxes = new SearchValues<string>?[(int)SecretSyntaxes.All + 1];

    internal static SearchValues<string> Of(SecretSyntaxes syntaxes)
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
