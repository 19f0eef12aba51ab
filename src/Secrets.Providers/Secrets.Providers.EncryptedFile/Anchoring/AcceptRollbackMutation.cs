namespace Secrets;

/// <summary>Writes into the log that an older or forked store was accepted, by whom and when: the act stays visible in the history.</summary>
internal sealed class AcceptRollbackMutation(ulong newestSeen, TimeProvider time) : Mutation
{
    internal override bool IsAlone => true;

    internal override void Stage(LogState state, FrameBuilder frame) => Write(
        frame.Directory, new AcceptedRollback(newestSeen, time.GetUtcNow(), $"{Environment.UserName}@{Environment.MachineName}"));

    internal static void Write(DirectoryWriter directory, AcceptedRollback accepted) =>
        directory.Begin(OperationCode.AcceptRollback).Add(accepted.AnchoredCommit).Add(UnixTicks.Of(accepted.AcceptedOn)).Add(accepted.By).End();
}
