using System.Globalization;

namespace Secrets;

/// <summary>A profile's data as the rule that the client asks.</summary>
internal sealed class ProfileNameRule(SecretProfile profile) : SecretNameRule
{
    public override bool KeysAreFixed => profile.KeysAreFixed;

    // The default rule holds besides: it is what keeps a name from leaving its place in a store, whatever a profile allows.
    public override string? WhatIsWrongWithName(string name) => profile.Names?.WhatIsWrongWith(name) ?? Default.WhatIsWrongWithName(name);

    public override string? WhatIsWrongWithScope(SecretScope scope) => profile.ScopesAreOpen || profile.ScopeKinds.Contains(scope.Kind, StringComparer.Ordinal)
        ? null
        : $"The profile '{profile.Id}' has no scope kind '{scope.Kind}'. It has: {string.Join(", ", profile.ScopeKinds)}.";

    public override string? WhatIsWrongWithKey(string key)
    {
        if (profile.IsSingleValued && key != SecretProperties.SingleKey) return $"A secret of the profile '{profile.Id}' is one value; its only key is '{SecretProperties.SingleKey}'.";
        return profile.Keys is { } rule ? rule.WhatIsWrongWith(key) : Default.WhatIsWrongWithKey(key);
    }

    public override string? WhatIsWrongWithValue(string key, SecretValue value)
    {
        int length = value.IsText ? value.CharCount : value.ByteCount;
        if (length >= profile.MinValueLength && !(length > profile.MaxValueLength)) return null;
        return string.Create(CultureInfo.InvariantCulture, $"A value of the profile '{profile.Id}' has {profile.MinValueLength} to {profile.MaxValueLength} chars; this one has {length}.");
    }
}
