namespace Secrets;

/// <summary>
/// The service's name rule: letters, digits and <c>-</c>, 127 characters, cases not told apart. What this library writes is all lower-case, so
/// names that differ by case stay different; capitals are escaped.
/// </summary>
internal sealed class AzureNames
{
    public const int MaxLength = 127;

    private readonly NativeNames _names;

    public AzureNames(string prefix)
    {
        foreach (char c in prefix)
        {
            if (!Rule.IsLiteral(c))
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The prefix '{prefix}' holds '{c}'. Azure Key Vault takes letters, digits and - only; a prefix is lower-case.") { Reason = "prefix" };
        }

        _names = new NativeNames(Rule, prefix);
    }

    public static NativeNameRule Rule { get; } = new(
        "abcdefghijklmnopqrstuvwxyz0123456789-", Separator: "--", Escape: "--x", MaxLength, LowerCaseHex: true);

    public string ToNative(SecretAddress address, string storeName) => _names.ToNative(address, storeName);

    /// <summary>
    /// The name that somebody else may have given a secret which goes by this address: the name itself, capitals included. Null where that is no
    /// other than the native name.
    /// </summary>
    public string? Existing(SecretAddress address)
    {
        if (address.Owner is not null || address.Scope != SecretScope.Team || _names.Prefix.Length + address.Name.Length > MaxLength)
            return null;
        bool capitals = false;
        foreach (char c in address.Name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return null;
            capitals |= char.IsAsciiLetterUpper(c);
        }

        return capitals ? _names.Prefix + address.Name : null;
    }

    public bool TryFromNative(string native, out SecretAddress address)
    {
        if (!native.Any(char.IsAsciiLetterUpper))
            return _names.TryFromNative(native, out address);
        // Not written by this library: its name is what it looks like.
        address = SecretAddress.Public(native.Length > _names.Prefix.Length ? native[_names.Prefix.Length..] : "-");
        return native.Length > _names.Prefix.Length && native.StartsWith(_names.Prefix, StringComparison.OrdinalIgnoreCase);
    }
}
