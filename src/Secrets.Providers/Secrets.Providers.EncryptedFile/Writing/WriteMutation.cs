namespace Secrets;

/// <summary>A new version, at a free address, on top of others, or moved from elsewhere.</summary>
internal sealed class WriteMutation(SecretWrite write, VersionRetention retention, TimeProvider time) : Mutation
{
    private SealedPut? _sealed;
    private SecretProperties _properties = write.Properties;

    internal override SecretAddress? Address => write.Address;

    internal override SecretAddress? OtherAddress => write.MoveFrom;

    /// <summary>Seals by what the index says now. What is wrong already is left for the commit to say.</summary>
    internal void Prepare(LogState state)
    {
        ulong version;
        VersionEntry? previous;
        lock (state.Index.Gate)
        {
            SecretEntry? before = Before(state);
            version = NextVersion(state);
            previous = PreviousOf(before);
            _properties = Complete(before);
        }

        _sealed = SealedPut.Seal(state, _properties, write.Values, write.Pending, version, previous);
    }

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        SecretEntry? target = state.Index.Live(write.Address);
        if (write.Condition.IfAbsent && target is not null)
            throw StoreErrors.AddressTaken(write.Address, state.StoreName);
        Conditions.Check(write.Address, target, write.Condition.IfVersion, state.StoreName);
        SecretEntry? source = Source(state);

        SecretEntry? before = target ?? source;
        SecretProperties properties = Complete(before);
        if (_sealed is null || _sealed.Version != NextVersion(state) || _sealed.Previous != PreviousOf(before) || properties.Id != _properties.Id || properties.CreatedOn != _properties.CreatedOn)
        {
            _properties = properties;
            _sealed = SealedPut.Seal(state, properties, write.Values, write.Pending, NextVersion(state), PreviousOf(before));
        }

        if (source is not null && target is null)
            frame.Directory.Begin(OperationCode.Move).Add(source.Address).Add(write.Address).End();
        else if (source is not null)
            frame.Directory.Begin(OperationCode.Purge).Add(source.Address).Add((byte)PurgeParts.Live).End();
        frame.Put(_sealed.Body, _sealed.Blob, _sealed.Share);
        foreach (VersionEntry old in retention.Expired(state.Applier.Retention, before, _properties.UpdatedOn))
            frame.Directory.Begin(OperationCode.Prune).Add(write.Address).Add(old.Version).End();
    }

    internal override SecretProperties? Result(LogState state) =>
        state.Index.Live(write.Address) is { } entry && entry.Find(_sealed!.Version) is { } version ? entry.PropertiesOf(version) : null;

    private SecretEntry? Before(LogState state) =>
        state.Index.Live(write.Address) ?? (write.MoveFrom is { } from ? state.Index.Live(from) : null);

    private ulong NextVersion(LogState state)
    {
        ulong next = state.Index.NextVersionAt(write.Address);
        return write.MoveFrom is { } from && state.Index.Live(write.Address) is null && state.Index.Live(from) is { } source
            ? Math.Max(next, source.NextVersion)
            : next;
    }

    private static VersionEntry? PreviousOf(SecretEntry? before) => before?.Versions.LastOrDefault(version => !version.IsDestroyed);

    private SecretEntry? Source(LogState state)
    {
        if (write.MoveFrom is not { } from)
            return null;
        if (from == write.Address)
            throw StoreErrors.Invalid(from, "move", "it cannot move onto itself. Write without MoveFrom.", state.StoreName);
        SecretEntry source = state.Index.Live(from) ?? throw StoreErrors.NotFound(from, "move", state.StoreName);
        Conditions.Check(from, source, write.MoveFromVersion, state.StoreName);
        return source;
    }

    private SecretProperties Complete(SecretEntry? before)
    {
        SecretProperties given = write.Properties;
        PutBody? known = before?.Newest?.Body;
        DateTimeOffset now = _sealed is null ? time.GetUtcNow() : _properties.UpdatedOn;
        return given with
        {
            Id = given.Id != Guid.Empty ? given.Id : known?.Id ?? (_sealed is null ? Guid.NewGuid() : _properties.Id),
            CreatedOn = known?.CreatedOn ?? (given.CreatedOn != default ? given.CreatedOn : now),
            UpdatedOn = now,
        };
    }
}
