using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Secrets;

/// <summary>
/// Maps addresses to the names of a backend and back. Injective: two addresses never share a native name, and a name never leaves its prefix,
/// because every character that the grammar uses itself is escaped where it would be misread.
/// </summary>
/// <remarks>
/// A public secret at team scope has its own name, so that secrets which exist already are simply there. Every other address begins with its
/// scope, so that one policy line covers a scope (<c>/</c> stands for the separator):
/// <code>
/// project/ID/NAME           cluster/ID/NAME           scope/KIND/ID/NAME        public
/// project/ID/OWNER/NAME     cluster/ID/OWNER/NAME     scope/KIND/ID/OWNER/NAME  private     team/OWNER/NAME
/// </code>
/// Public and private forms differ in their number of parts, which no part can change: separators inside a part are escaped.
/// </remarks>
internal sealed class NativeNames(NativeNameRule rule, string prefix)
{
    private const string TeamWord = "team";
    private const string ProjectWord = "project";
    private const string ClusterWord = "cluster";
    private const string OtherWord = "scope";

    public string Prefix => prefix;

    /// <summary>What every native name of a scope begins with; for team scope, what its private ones begin with.</summary>
    public string PrefixOf(SecretScope scope) => prefix + (scope == SecretScope.Team ? TeamWord + rule.Separator : ScopePrefix(scope));

    /// <exception cref="SecretException">InvalidArgument: the backend cannot hold the name.</exception>
    public string ToNative(SecretAddress address, string storeName)
    {
        if (string.IsNullOrEmpty(address.Name))
            throw Refused(address, storeName, "name", "The name is empty.");
        string? native = TryEncode(address);
        if (native is null)
            throw Refused(address, storeName, "name-not-text", "The name or owner holds a lone surrogate, which no backend can keep.");
        if (prefix.Length + native.Length > rule.MaxLength)
        {
            throw Refused(address, storeName, "name-length", string.Create(
                CultureInfo.InvariantCulture,
                $"Its native name takes {prefix.Length + native.Length} characters; the backend holds {rule.MaxLength}. Use a shorter name, scope id or prefix."));
        }

        return prefix + native;
    }

    /// <summary>The address of a native name; false for one outside the prefix, or that no address maps to.</summary>
    public bool TryFromNative(string native, out SecretAddress address)
    {
        address = default;
        if (!native.StartsWith(prefix, StringComparison.Ordinal) || native.Length == prefix.Length)
            return false;
        string own = native[prefix.Length..];
        if (TryDecodeScoped(own, out address))
            return true;
        if (!TryUnescape(own, out string? name) || name.Length == 0)
            return false;
        address = SecretAddress.Public(name);
        return string.Equals(TryEncode(address), own, StringComparison.Ordinal);
    }

    private static SecretException Refused(SecretAddress address, string storeName, string reason, string why) =>
        new(SecretErrorCode.InvalidArgument, $"The store '{storeName}' cannot hold the secret {address}. {why}") { Reason = reason, StoreName = storeName, Address = address };

    private string? TryEncode(SecretAddress address)
    {
        if (!IsWellFormed(address.Name) || (address.Owner is not null && !IsWellFormed(address.Owner)))
            return null;
        if (address.Owner is null && address.Scope == SecretScope.Team)
            return EncodePlain(address.Name);

        StringBuilder text = new();
        text.Append(address.Scope == SecretScope.Team ? TeamWord + rule.Separator : ScopePrefix(address.Scope));
        if (address.Owner is not null)
        {
            AppendPart(text, address.Owner);
            text.Append(rule.Separator);
        }

        AppendPart(text, address.Name);
        return text.ToString();
    }

    private string ScopePrefix(SecretScope scope)
    {
        StringBuilder text = new();
        if (scope.Kind is ProjectWord or ClusterWord && scope.Id.Length > 0)
        {
            text.Append(scope.Kind);
        }
        else
        {
            text.Append(OtherWord).Append(rule.Separator);
            AppendPart(text, scope.Kind);
        }

        text.Append(rule.Separator);
        AppendPart(text, scope.Id);
        return text.Append(rule.Separator).ToString();
    }

    // The whole alphabet stays as it is, separators included: what users have in their vaults is not ours to rename.
    private string EncodePlain(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length;)
            i += AppendRune(text, name, i, literal: rule.IsLiteral(name[i]) && !rule.IsEscapeAt(name, i));
        string plain = text.ToString();
        if (!TryDecodeScoped(plain, out _))
            return plain;
        // The name of a team secret that looks like a scope: its first character says that it is not.
        text.Clear();
        int first = AppendRune(text, name, 0, literal: false);
        for (int i = first; i < name.Length;)
            i += AppendRune(text, name, i, literal: rule.IsLiteral(name[i]) && !rule.IsEscapeAt(name, i));
        return text.ToString();
    }

    private void AppendPart(StringBuilder text, string part)
    {
        for (int i = 0; i < part.Length;)
            i += AppendRune(text, part, i, literal: IsLiteralInPart(part, i));
    }

    // A character of the separator or of the escape stays only where its neighbours make it unmistakable: inside, between two ordinary ones.
    private bool IsLiteralInPart(string part, int i)
    {
        char c = part[i];
        if (!rule.IsLiteral(c))
            return false;
        if (rule.Separator.Contains(c, StringComparison.Ordinal))
            return rule.Separator.Length > 1 && IsOrdinary(part, i - 1) && IsOrdinary(part, i + 1);
        // After a separator, "x41" would complete the escape "--x41".
        return !(i == 0 && rule.CompletesEscape(part)) && !rule.IsEscapeAt(part, i);
    }

    private bool IsOrdinary(string part, int i) =>
        i >= 0 && i < part.Length && rule.IsLiteral(part[i]) && !rule.Separator.Contains(part[i], StringComparison.Ordinal);

    private int AppendRune(StringBuilder text, string source, int i, bool literal)
    {
        if (literal)
        {
            text.Append(source[i]);
            return 1;
        }

        Rune.DecodeFromUtf16(source.AsSpan(i), out Rune rune, out int chars);
        Span<byte> utf8 = stackalloc byte[4];
        int count = rune.EncodeToUtf8(utf8);
        foreach (byte b in utf8[..count])
            text.Append(rule.Escape).Append(b.ToString(rule.LowerCaseHex ? "x2" : "X2", CultureInfo.InvariantCulture));
        return chars;
    }

    private bool TryDecodeScoped(string own, out SecretAddress address)
    {
        address = default;
        List<string> parts = SplitParts(own);
        int before = parts[0] switch { ProjectWord or ClusterWord => 2, TeamWord => 1, OtherWord => 3, _ => 0 };
        // Private team secrets have an owner always; the others with or without.
        int owners = parts.Count - before - 1;
        if (before == 0 || owners is not (0 or 1) || (before == 1 && owners == 0))
            return false;
        for (int i = 0; i < parts.Count; i++)
        {
            if (!TryUnescape(parts[i], out string? text))
                return false;
            parts[i] = text;
        }

        string name = parts[^1];
        string? owner = owners == 1 ? parts[before] : null;
        if (name.Length == 0 || owner?.Length == 0 || !TryScope(parts, out SecretScope scope))
            return false;
        address = new SecretAddress(scope, owner, name);
        return string.Equals(TryEncode(address), own, StringComparison.Ordinal);
    }

    private static bool TryScope(List<string> parts, out SecretScope scope)
    {
        scope = SecretScope.Team;
        if (parts[0] == TeamWord)
            return true;
        (string kind, string id) = parts[0] == OtherWord ? (parts[1], parts[2]) : (parts[0], parts[1]);
        try
        {
            scope = new SecretScope(kind, id);
            return true;
        }
        catch (SecretException)
        {
            // A foreign name that only looks like ours.
            return false;
        }
    }

    private List<string> SplitParts(string own)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 0; i < own.Length;)
        {
            if (rule.IsEscapeAt(own, i))
            {
                i += rule.Escape.Length + 2;
            }
            else if (string.CompareOrdinal(own, i, rule.Separator, 0, rule.Separator.Length) == 0)
            {
                parts.Add(own[start..i]);
                start = i += rule.Separator.Length;
            }
            else
            {
                i++;
            }
        }

        parts.Add(own[start..]);
        return parts;
    }

    private bool TryUnescape(string text, [NotNullWhen(true)] out string? result)
    {
        result = null;
        using MemoryStream bytes = new(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (rule.IsEscapeAt(text, i))
            {
                bytes.WriteByte(byte.Parse(text.AsSpan(i + rule.Escape.Length, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += rule.Escape.Length + 2;
            }
            else if (rule.IsLiteral(text[i]))
            {
                bytes.WriteByte((byte)text[i++]);
            }
            else
            {
                return false;
            }
        }

        ReadOnlySpan<byte> utf8 = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (!Utf8.IsValid(utf8))
            return false;
        result = Encoding.UTF8.GetString(utf8);
        return true;
    }

    private static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
