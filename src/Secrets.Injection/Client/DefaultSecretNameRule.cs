using System.Buffers;

namespace Secrets;

internal sealed class DefaultSecretNameRule : SecretNameRule
{
    private const int MaxLength = 253;
    private const string KeyRule = "A key takes 1 to 253 of A-Z a-z 0-9 _ - . and is not '.' or '..'.";
    private const string NameRule = "A name takes 1 to 253 of A-Z a-z 0-9 _ - . / and begins with a letter, digit or _.";
    private const string SegmentRule = "A name has no empty, '.' or '..' segment between its slashes.";

    private static readonly SearchValues<char> KeyChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");

    public override string? WhatIsWrongWithName(string name)
    {
        if (name.Length is 0 or > MaxLength || name.AsSpan().ContainsAnyExcept(NameChars) || !(char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_'))
            return NameRule;
        foreach (Range segment in name.AsSpan().Split('/'))
        {
            if (name.AsSpan()[segment] is "" or "." or "..") return SegmentRule;
        }

        return null;
    }

    public override string? WhatIsWrongWithKey(string key) =>
        key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExcept(KeyChars) || key is "." or ".." ? KeyRule : null;
}
