using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>
/// The rules by which one state becomes the next. Pure: each method either throws, and nothing has happened, or gives the next state.
/// </summary>
internal sealed class InMemoryChanges(InMemorySecretStoreOptions options, InMemoryErrors errors)
{
    private readonly SecretStoreCapabilities _capabilities = options.ToCapabilities();
    private readonly int _maxVersions = options.MaxVersions;
    private readonly bool _keepsDeletedNamesTaken = options.KeepsDeletedNamesTaken;

    internal (InMemoryState Next, SecretProperties Written) Write(InMemoryState state, SecretWrite write, DateTimeOffset now)
    {
        CheckLimits(write);
        InMemorySlot target = state[write.Address];
        CheckFree(target, write.Condition);
        CheckVersion(target, write.Condition.IfVersion);
        InMemorySlot? source = Source(state, write);

        InMemorySecret? kept = target.Live ?? source?.Live?.All(version => version.At(write.Address));
        InMemoryVersion version = New(state, write, target.Live ?? source?.Live, now);
        InMemorySecret secret = kept is null
            ? new InMemorySecret([version])
            : kept.With(version, _capabilities.Has(SecretStoreFeatures.Versions), _maxVersions);

        InMemoryState next = state.With(target with { Live = secret }) with { LastVersion = state.LastVersion + 1 };
        // What moved is at its new place with its history; a recoverable copy under the old name would be a second one.
        if (source is not null) next = next.With(source with { Live = null });
        return (next, version.Shown);
    }

    internal (InMemoryState Next, SecretProperties Promoted) Promote(InMemoryState state, SecretPromotion promotion)
    {
        InMemorySlot slot = state[promotion.Address];
        CheckVersion(slot, promotion.Condition.IfVersion);
        if (slot.Live is not { } secret) throw errors.NotFound(promotion.Address, "promote");
        if (secret.Find(promotion.Version) is not { Values: not null } version) throw errors.NoSuchVersion(promotion.Address, promotion.Version);
        if (version.IsDisabled) throw errors.Invalid(promotion.Address, "disabled", $"version {promotion.Version} is switched off. Switch it on first.");
        if (version.IsCurrent) return (state, version.Shown);
        InMemorySecret promoted = secret.Promote(version);
        return (state.With(slot with { Live = promoted }), promoted.Current!.Shown);
    }

    internal InMemoryState Delete(InMemoryState state, SecretDelete delete, DateTimeOffset now)
    {
        InMemorySlot slot = state[delete.Address];
        CheckVersion(slot, delete.Condition.IfVersion);
        if (delete.Version is { } version) return Destroy(state, slot, version);
        bool purges = delete.Purge || !_capabilities.Has(SecretStoreFeatures.SoftDelete);
        if (slot.Live is null && !(purges && slot.Deleted is not null)) throw errors.NotFound(delete.Address, "delete");
        return state.With(slot with { Live = null, Deleted = purges ? null : slot.Live!.All(kept => kept.DeletedOn(now)) });
    }

    internal (InMemoryState Next, SecretProperties Recovered) Recover(InMemoryState state, SecretAddress address)
    {
        InMemorySlot slot = state[address];
        if (slot.Deleted is null) throw errors.NotFound(address, "recover");
        if (slot.Live is not null) throw errors.AlreadyExists(address);
        InMemorySecret recovered = slot.Deleted.All(version => version.DeletedOn(null));
        return (state.With(slot with { Live = recovered, Deleted = null }), (recovered.Current ?? recovered.Versions[0]).Shown);
    }

    internal InMemoryState Switch(InMemoryState state, SecretAddress address, SecretVersion version, bool on)
    {
        InMemorySlot slot = state[address];
        if (slot.Live is not { } secret) throw errors.NotFound(address, "switch");
        if (secret.Find(version) is not { } kept) throw errors.NoSuchVersion(address, version);
        return state.With(slot with { Live = secret.Replace(kept, kept.Switched(on)) });
    }

    private InMemoryState Destroy(InMemoryState state, InMemorySlot slot, SecretVersion version)
    {
        if (slot.Live is not { } secret) throw errors.NotFound(slot.Address, "destroy a version of");
        if (secret.Find(version) is not { } kept) throw errors.NoSuchVersion(slot.Address, version);
        if (kept.IsCurrent) throw errors.Invalid(slot.Address, "current-version", $"version {version} is the current one. Promote another first, or delete the secret.");
        return kept.Values is null ? state : state.With(slot with { Live = secret.Replace(kept, kept.Destroyed()) });
    }

    private InMemorySlot? Source(InMemoryState state, SecretWrite write)
    {
        if (write.MoveFrom is not { } from) return null;
        if (from == write.Address) throw errors.Invalid(from, "move", "it cannot move onto itself. Write without MoveFrom.");
        InMemorySlot source = state[from];
        if (source.Live is null) throw errors.NotFound(from, "move");
        CheckVersion(source, write.MoveFromVersion);
        return source;
    }

    private InMemoryVersion New(InMemoryState state, SecretWrite write, InMemorySecret? before, DateTimeOffset now)
    {
        SecretProperties? known = before?.Versions[0].Properties;
        SecretProperties given = write.Properties;
        Guid id = given.Id != Guid.Empty ? given.Id : known?.Id ?? Guid.NewGuid();
        DateTimeOffset created = known?.CreatedOn ?? (given.CreatedOn != default ? given.CreatedOn : now);
        SecretProperties properties = given with
        {
            Version = new SecretVersion((state.LastVersion + 1).ToString(CultureInfo.InvariantCulture)),
            Id = id,
            CreatedOn = created,
            UpdatedOn = now,
            DeletedOn = null,
            State = write.Pending ? SecretVersionState.Pending : SecretVersionState.Current,
        };
        return InMemoryVersion.Of(properties, write.Values, _capabilities.Has(SecretStoreFeatures.KeysWithoutValues));
    }

    private void CheckFree(InMemorySlot target, SecretCondition condition)
    {
        if (condition.IfAbsent && target.Live is not null) throw errors.AlreadyExists(target.Address);
        if (_keepsDeletedNamesTaken && target is { Live: null, Deleted: not null }) throw errors.NameTaken(target.Address, condition.IfAbsent);
    }

    private void CheckVersion(InMemorySlot slot, SecretVersion? expected)
    {
        SecretVersion? actual = slot.Live?.Current?.Version;
        if (expected is { } version && actual != version) throw errors.NotAtVersion(slot.Address, version, actual);
    }

    private void CheckLimits(SecretWrite write)
    {
        SecretAddress address = write.Address;
        if (string.IsNullOrEmpty(address.Name)) throw errors.Invalid(address, "name", "the name is empty. Give it one.");
        if (address.Name.Length > _capabilities.MaxNameLength)
            throw errors.Invalid(address, "name-length", $"the name has {address.Name.Length} chars, more than {_capabilities.MaxNameLength}. Choose a shorter one.");
        // A secret with one key `value` is its value; any other is its keys and values together, as in one JSON document.
        bool isSingle = write.Values.Count == 1 && write.Values.ContainsKey(SecretProperties.SingleKey);
        long size = write.Values.Sum(pair => (long)pair.Value.ByteCount + (isSingle ? 0 : Encoding.UTF8.GetByteCount(pair.Key)));
        if (size > _capabilities.MaxValueBytes)
            throw errors.Invalid(address, "value-size", $"its values have {size} bytes, more than {_capabilities.MaxValueBytes}. Keep large data elsewhere and its key here.");
    }
}
