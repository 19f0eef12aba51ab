namespace Secrets;

/// <summary>Slots or epochs change: one small frame, however many secrets there are. The sealed root keys of the set before are overwritten.</summary>
internal sealed class KeySetMutation(Func<LogState, KeySet> change) : Mutation
{
    internal override bool IsAlone => true;

    internal override bool ErasesAtOnce => true;

    internal override void Stage(LogState state, FrameBuilder frame) => frame.SetKeySet(change(state));
}
