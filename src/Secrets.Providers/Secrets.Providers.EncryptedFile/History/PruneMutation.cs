namespace Secrets;

/// <summary>Destroys what the policy lets go of some secrets, without waiting for their next write.</summary>
internal sealed class PruneMutation(IReadOnlyList<SecretAddress> addresses, VersionRetention retention, TimeProvider time) : Mutation
{
    internal override bool IsAlone => true;

    internal override bool ErasesAtOnce => true;

    /// <summary>How many versions went.</summary>
    internal int Pruned { get; private set; }

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (SecretAddress address in addresses)
        {
            foreach (VersionEntry old in retention.Expired(state.Applier.Retention, state.Index.Live(address), now, coming: 0))
            {
                frame.Directory.Begin(OperationCode.Prune).Add(address).Add(old.Version).End();
                Pruned++;
            }
        }
    }
}
