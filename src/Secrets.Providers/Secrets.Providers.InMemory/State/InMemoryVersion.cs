using System.Collections.Frozen;

namespace Secrets;

/// <summary>One version as it is kept. Immutable.</summary>
internal sealed class InMemoryVersion(SecretProperties properties, SecretValues? values, bool isDisabled = false)
{
    // Made once for each version, so that a read allocates no copy of it.
    private Secret? _secret;

    internal SecretProperties Properties { get; } = properties;

    /// <summary>Null once destroyed.</summary>
    internal SecretValues? Values { get; } = values;

    internal bool IsDisabled { get; } = isDisabled;

    internal SecretVersion Version => Properties.Version;

    internal bool IsCurrent => Properties.State == SecretVersionState.Current;

    /// <summary>As callers see it: a switched-off version shows as disabled, whatever it would otherwise be.</summary>
    internal SecretProperties Shown => IsDisabled ? Properties with { State = SecretVersionState.Disabled } : Properties;

    internal Secret Secret => _secret ??= new Secret(Shown, Values!);

    internal InMemoryVersion As(SecretVersionState state) => new(Properties with { State = state }, Values, IsDisabled);

    internal InMemoryVersion At(SecretAddress address) => new(Properties with { Address = address }, Values, IsDisabled);

    internal InMemoryVersion Destroyed() => new(Properties with { State = SecretVersionState.Destroyed, KeyNames = null }, null);

    internal InMemoryVersion Switched(bool on) => new(Properties, Values, !on);

    internal InMemoryVersion DeletedOn(DateTimeOffset? when) => new(Properties with { DeletedOn = when }, Values, IsDisabled);

    internal static InMemoryVersion Of(SecretProperties properties, IReadOnlyDictionary<string, SecretValue> values, bool withKeyNames)
    {
        SecretValues copy = new(values);
        return new InMemoryVersion(
            properties with
            {
                KeyNames = withKeyNames ? [.. copy.Keys] : null,
                Tags = properties.Tags.Count == 0 ? FrozenDictionary<string, string>.Empty : properties.Tags.ToFrozenDictionary(StringComparer.Ordinal),
            },
            copy);
    }
}
