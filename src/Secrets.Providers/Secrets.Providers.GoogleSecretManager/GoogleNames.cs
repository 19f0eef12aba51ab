namespace Secrets;

/// <summary>The service's name rule: letters, digits, <c>_</c> and <c>-</c>, 255 characters, case-sensitive.</summary>
internal static class GoogleNames
{
    public const int MaxLength = 255;

    public static NativeNameRule Rule { get; } = new(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", Separator: "--", Escape: "--x", MaxLength, LowerCaseHex: true);

    public static NativeNames Under(string prefix)
    {
        foreach (char c in prefix)
        {
            if (!Rule.IsLiteral(c))
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The prefix '{prefix}' holds '{c}'. Google Secret Manager takes letters, digits, _ and - only.") { Reason = "prefix" };
        }

        return new NativeNames(Rule, prefix);
    }
}
