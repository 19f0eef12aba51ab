using System.Collections.Frozen;

namespace Secrets;

/// <summary>Everything about a secret, or about one of its versions, that is not a value.</summary>
/// <param name="Address">Where it lives.</param>
/// <param name="Version">Which version this describes.</param>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed record SecretProperties(SecretAddress Address, SecretVersion Version)
{
    /// <summary>The key under which a value that is not a set of pairs is kept.</summary>
    public const string SingleKey = "value";

    /// <summary>
    /// A stable id that survives rename and change of visibility. <see cref="Guid.Empty"/> where the store keeps none; the client then
    /// derives one from the address.
    /// </summary>
    public Guid Id { get; init; }

    /// <summary>The id of the secret's type (<c>s3</c>, <c>docker</c>, ...), or null for plain pairs.</summary>
    public string? Type { get; init; }

    /// <summary>What the secret is for, for people; null if never said. Not secret: stores may show it.</summary>
    public string? Description { get; init; }

    /// <summary>Labels; never null. Not secret: stores may show them.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The key names, where known without reading the values; else null. See <see cref="SecretStoreFeatures.KeysWithoutValues"/>.</summary>
    public IReadOnlyList<string>? KeyNames { get; init; }

    /// <summary>When the secret was first created; default where the store does not tell.</summary>
    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>When this version was written; default where the store does not tell.</summary>
    public DateTimeOffset UpdatedOn { get; init; }

    /// <summary>From when on the secret is not to be used; null for never.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>When the secret was deleted, for one that can still be recovered; else null.</summary>
    public DateTimeOffset? DeletedOn { get; init; }

    /// <summary>Where this version stands among the secret's versions.</summary>
    public SecretVersionState State { get; init; } = SecretVersionState.Current;

    /// <summary>The secret's name.</summary>
    public string Name => Address.Name;

    /// <summary>The scope it is kept at.</summary>
    public SecretScope Scope => Address.Scope;

    /// <summary>Public, or private to <see cref="SecretAddress.Owner"/>.</summary>
    public SecretVisibility Visibility => Address.Visibility;

    /// <summary>Address, version, state; no values, for there are none here.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Address} version {Version} ({State})";
}
