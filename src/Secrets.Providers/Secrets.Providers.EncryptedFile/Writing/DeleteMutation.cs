namespace Secrets;

/// <summary>A secret is deleted, recoverable or for good, or one of its versions is destroyed.</summary>
internal sealed class DeleteMutation(SecretDelete delete, TimeProvider time) : Mutation
{
    internal override SecretAddress? Address => delete.Address;

    internal override bool ErasesAtOnce => delete.Purge || delete.Version is not null;

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        SecretEntry? live = state.Index.Live(delete.Address);
        Conditions.Check(delete.Address, live, delete.Condition.IfVersion, state.StoreName);
        if (delete.Version is { } version)
            Destroy(state, live, version, frame);
        else if (delete.Purge && (live is not null || state.Index.Deleted(delete.Address) is not null))
            frame.Directory.Begin(OperationCode.Purge).Add(delete.Address).Add((byte)(PurgeParts.Live | PurgeParts.Deleted)).End();
        else if (live is not null)
            frame.Directory.Begin(OperationCode.Delete).Add(delete.Address).Add(UnixTicks.Of(time.GetUtcNow())).End();
        else
            throw StoreErrors.NotFound(delete.Address, "delete", state.StoreName);
    }

    private void Destroy(LogState state, SecretEntry? live, SecretVersion version, FrameBuilder frame)
    {
        if (live is null)
            throw StoreErrors.NotFound(delete.Address, "destroy a version of", state.StoreName);
        VersionEntry entry = live.Find(VersionNumber.Parse(version)) ?? throw StoreErrors.NoSuchVersion(delete.Address, version, state.StoreName);
        if (entry.Version == live.CurrentVersion)
            throw StoreErrors.Invalid(delete.Address, "current-version", $"version {version} is the current one. Promote another first, or delete the secret.", state.StoreName);
        if (!entry.IsDestroyed)
            frame.Directory.Begin(OperationCode.Destroy).Add(delete.Address).Add(entry.Version).End();
    }
}
