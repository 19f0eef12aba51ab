using System.Buffers;

namespace Secrets;

/// <summary>What a reference can be made of, for the parser and for references that code puts together.</summary>
internal static class SecretReferenceRules
{
    internal const SecretSyntaxes DoubleSyntaxes = SecretSyntaxes.DoubleBraces | SecretSyntaxes.DoubleAngles;
    internal const SecretSyntaxes DollarSyntaxes = SecretSyntaxes.DollarBraces | SecretSyntaxes.DollarAngles;

    private const int MaxScopeKindLength = 32;
    private const string AsciiNameChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/";

    /// <summary>The ASCII chars of <see cref="IsNameChar"/>; the others are <see cref="IsForeignLetter"/>.</summary>
    internal static readonly SearchValues<char> NameChars = SearchValues.Create(AsciiNameChars);

    /// <summary>The ASCII chars of <see cref="IsKeyChar"/>; the others are <see cref="IsForeignLetter"/>.</summary>
    internal static readonly SearchValues<char> KeyChars = SearchValues.Create(AsciiNameChars + ".");

    /// <summary>The chars of <see cref="IsVersionChar"/>.</summary>
    internal static readonly SearchValues<char> VersionChars = KeyChars;

    /// <summary>Chars that a name needs no quotes for. Everything else, the dot included, is quoted.</summary>
    internal static bool IsNameChar(char c) => NameChars.Contains(c) || IsForeignLetter(c);

    /// <summary>A letter or digit outside ASCII.</summary>
    internal static bool IsForeignLetter(char c) => c > '\x7f' && char.IsLetterOrDigit(c);

    /// <summary>As a name's, and the dot: only the first dot splits.</summary>
    internal static bool IsKeyChar(char c) => IsNameChar(c) || c == '.';

    internal static bool IsVersionChar(char c) => VersionChars.Contains(c);

    internal static bool IsEncoderChar(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';

    internal static bool IsPadding(char c) => c is ' ' or '\t' or '\r' or '\n';

    internal static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_';

    internal static bool IsIdentifierChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Whether a lookup says no more than a name. Cheaper than comparing it with one that does.</summary>
    internal static bool IsNameAlone(in SecretLookup lookup) => lookup is { Visibility: null, Scope: null, ScopeKind: null, Version: null };

    /// <summary>Whether two lookups are equal. Most say no more than a name, so that is looked at first.</summary>
    internal static bool AreEqual(in SecretLookup left, in SecretLookup right) =>
        IsNameAlone(left) && IsNameAlone(right) ? string.Equals(left.Name, right.Name, StringComparison.Ordinal) : left == right;

    internal static bool IsScopeKind(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxScopeKindLength || !char.IsAsciiLetterLower(text[0])) return false;
        return !text.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-");
    }

    internal static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsIdentifierStart(text[0])) return false;
        foreach (char c in text)
        {
            if (!IsIdentifierChar(c)) return false;
        }

        return true;
    }

    internal static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        int at = text.IndexOfAnyInRange('\ud800', '\udfff');
        for (; at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            at++;
        }

        return false;
    }

    internal static void Check(SecretReference reference)
    {
        if (Fault(reference) is { } fault)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"A reference to '{reference.Lookup.Name}' cannot be written: {fault}.") { Reason = "reference" };
    }

    private static string? Fault(SecretReference reference)
    {
        SecretLookup lookup = reference.Lookup;
        if (string.IsNullOrEmpty(lookup.Name) || HasLoneSurrogate(lookup.Name)) return "its name is empty or holds a lone surrogate";
        if (lookup.Scope is not null || lookup.Visibility is not null) return "only a scope kind and a version can be part of a reference, no scope and no visibility";
        if (reference.Key is null) return DollarFault(reference);
        if (reference.Syntax is not (SecretSyntaxes.DoubleBraces or SecretSyntaxes.DoubleAngles)) return "a reference to a key takes {{ }} or << >>";
        if (reference.Key.Length == 0 || HasLoneSurrogate(reference.Key)) return "its key is empty or holds a lone surrogate";
        if (lookup.ScopeKind is { } kind && !IsScopeKind(kind)) return $"'{kind}' is not a scope kind";
        if (lookup.Version is { } version && (string.IsNullOrEmpty(version.Value) || HasLoneSurrogate(version.Value))) return "its version is empty or holds a lone surrogate";
        return reference.Default is { } text && HasLoneSurrogate(text) ? "its default holds a lone surrogate" : null;
    }

    private static string? DollarFault(SecretReference reference)
    {
        if (reference.Syntax is not (SecretSyntaxes.DollarBraces or SecretSyntaxes.DollarAngles)) return "a reference to the only value of a secret takes ${ } or $< >";
        if (!IsIdentifier(reference.Lookup.Name)) return "${NAME} takes a letter or _, then letters, digits and _; name a key instead";
        bool plain = reference is { Default: null, Encoder: null, Lookup: { ScopeKind: null, Version: null } };
        return plain ? null : "${NAME} takes no scope, version, default or encoder; name a key instead";
    }
}
