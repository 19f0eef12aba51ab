namespace Secrets;

/// <summary>Compares a store with what this machine remembers of it.</summary>
internal static class RollbackCheck
{
    /// <summary>What is wrong; null if nothing is.</summary>
    internal static SecretException? Find(LogState state)
    {
        if (state.Expected is not { } expected)
            return null;
        if (state.Sequence < expected.Sequence)
            return StoreErrors.RolledBack(state.Path, state.Sequence, expected.Sequence, state.StoreName);
        if (state.MetExpected)
            return null;
        // Before the checkpoint the chain itself is gone, and only the heads that the compaction wrote down are left to compare with.
        bool isCutOff = expected.Sequence < state.Header.BaseSequence;
        ChainHead? noted = isCutOff ? state.Applier.History.Find(head => head.Sequence == expected.Sequence) : null;
        bool fits = isCutOff && (noted is null || noted.Chain.AsSpan().SequenceEqual(expected.Chain));
        return fits ? null : StoreErrors.Forked(state.Path, expected.Sequence, state.StoreName);
    }
}
