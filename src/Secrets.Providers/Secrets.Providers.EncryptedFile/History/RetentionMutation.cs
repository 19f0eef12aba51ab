namespace Secrets;

/// <summary>What the store is to keep of histories from now on. Alone in its frame, so that no write beside it goes by the policy before.</summary>
internal sealed class RetentionMutation(EncryptedFileRetention retention) : Mutation
{
    internal override bool IsAlone => true;

    internal override void Stage(LogState state, FrameBuilder frame)
    {
        if (state.Applier.Retention != retention)
            Write(frame.Directory, retention);
    }

    internal static void Write(DirectoryWriter directory, EncryptedFileRetention retention) =>
        directory.Begin(OperationCode.Retention).Add((uint)retention.MaxVersions).Add(retention.MaxVersionAge?.Ticks ?? 0).End();

    internal static EncryptedFileRetention Read(ref BodyReader body)
    {
        uint versions = body.TakeUInt32();
        long ticks = body.TakeInt64();
        EncryptedFileRetention read = new((int)Math.Min(versions, int.MaxValue), ticks == 0 ? null : TimeSpan.FromTicks(ticks));
        return read.IsPossible ? read : throw new InvalidDataException("A directory entry holds no retention where its format says so.");
    }
}
