namespace Secrets;

/// <summary>The service's name rule: letters, digits and <c>/_+=.@-</c>, 512 characters, case-sensitive.</summary>
internal static class AwsNames
{
    public const int MaxLength = 512;

    public static NativeNameRule Rule { get; } = new(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+=.@-", Separator: "/", Escape: "=", MaxLength);

    public static NativeNames Under(string prefix)
    {
        foreach (char c in prefix)
        {
            if (!Rule.IsLiteral(c))
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The prefix '{prefix}' holds '{c}'. AWS Secrets Manager takes letters, digits and /_+=.@- only.") { Reason = "prefix" };
        }

        return new NativeNames(Rule, prefix);
    }
}
