namespace Secrets;

/// <summary>A batch of data keys, sealed anew under the current epoch. Versions that went meanwhile are left out.</summary>
internal sealed class RewrapMutation(IReadOnlyList<StaleWrap> batch) : Mutation
{
    internal override bool IsAlone => true;

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        foreach (StaleWrap stale in batch)
        {
            SecretEntry? entry = stale.IsDeleted ? state.Index.Deleted(stale.Address) : state.Index.Live(stale.Address);
            if (entry?.Find(stale.Version) is not { IsDestroyed: false } version || version.WrapEpoch == state.Keys.CurrentEpoch)
                continue;
            frame.Directory.Begin(OperationCode.Rewrap).Add(stale.Address).Add(stale.IsDeleted ? (byte)1 : (byte)0).Add(stale.Version);
            frame.Directory.Add(version.Body.DataKeyHalf).End();
        }
    }
}
