namespace Secrets;

/// <summary>The whole log at one commit, as a compaction copies it.</summary>
internal sealed class LogSnapshot
{
    internal LogSnapshot(LogState state)
    {
        State = state;
        End = state.End;
        Head = state.Head;
        History = state.RecentHistory();
        VersionFloor = state.Index.VersionFloor;
        Epoch = state.Keys.CurrentEpoch;
        // The epoch that is current seals all of the checkpoint; older ones are left behind with what they sealed.
        KeySet set = state.CurrentKeySet ?? throw state.Tampered("the key set");
        SealedEpoch current = set.Epochs.FirstOrDefault(epoch => epoch.Number == Epoch) ?? throw state.Tampered("the key set");
        KeySet = set with { Epochs = [current] };
        AcceptedRollbacks = state.Applier.AcceptedRollbacks;
        Retention = state.Applier.Retention;
        Secrets = [.. state.Index.All.Select(SecretSnapshot.Of)];
    }

    internal LogState State { get; }

    internal long End { get; }

    internal ChainHead Head { get; }

    internal IReadOnlyList<ChainHead> History { get; }

    internal ulong VersionFloor { get; }

    internal uint Epoch { get; }

    internal KeySet KeySet { get; }

    internal IReadOnlyList<AcceptedRollback> AcceptedRollbacks { get; }

    internal EncryptedFileRetention? Retention { get; }

    internal SecretSnapshot[] Secrets { get; }
}
