namespace Secrets;

/// <summary>Compares a store with what this machine remembers of it, and with what this process knew of it.</summary>
internal static class RollbackCheck
{
    /// <summary>What is wrong; null if nothing is.</summary>
    /// <param name="state">The file as it was read.</param>
    /// <param name="before">The file that it took the place of; null if it is the first that was opened.</param>
    internal static SecretException? Find(LogState state, LogState? before) =>
        Compare(state, state.Anchored) ?? (IsAccepted(state, before) ? null : Compare(state, state.Known));

    /// <summary>Whether the anchor is from before all that the file remembers: then nothing can be said.</summary>
    internal static bool IsTooOld(LogState state) =>
        state.Anchored is { WasMet: false } anchored && IsCutOff(state, anchored) && Noted(state, anchored) is null
        && (state.Known is not { } known || (!known.WasMet && IsCutOff(state, known) && Noted(state, known) is null));

    /// <summary>The newest commit that was ever seen of the store here.</summary>
    internal static ulong NewestSeen(LogState state) => Math.Max(state.Anchored?.Head.Sequence ?? 0, state.Known?.Head.Sequence ?? 0);

    // Another process wrote into the file that it takes the place of what is known here. What was accepted before that is in both.
    private static bool IsAccepted(LogState state, LogState? before) =>
        state.Known is { } known && before is not null
        && state.Applier.AcceptedRollbacks.Any(accepted => accepted.AnchoredCommit >= known.Head.Sequence && !before.Applier.AcceptedRollbacks.Contains(accepted));

    private static SecretException? Compare(LogState state, RememberedHead? remembered)
    {
        if (remembered is null)
            return null;
        ChainHead head = remembered.Head;
        if (state.Sequence < head.Sequence)
            return StoreErrors.RolledBack(state.Path, state.Sequence, head.Sequence, state.StoreName);
        if (remembered.WasMet)
            return null;
        bool fits = IsCutOff(state, remembered) && (Noted(state, remembered) is not { } noted || noted.Chain.AsSpan().SequenceEqual(head.Chain));
        return fits ? null : StoreErrors.Forked(state.Path, head.Sequence, state.StoreName);
    }

    // Before the checkpoint the chain itself is gone, and only the heads that the compaction wrote down are left to compare with.
    private static bool IsCutOff(LogState state, RememberedHead remembered) => remembered.Head.Sequence < state.Header.BaseSequence;

    private static ChainHead? Noted(LogState state, RememberedHead remembered) =>
        state.Applier.History.Find(head => head.Sequence == remembered.Head.Sequence);
}
