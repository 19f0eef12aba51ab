namespace Secrets;

/// <summary>One version as the index keeps it: its sealed properties opened, its value still on disk.</summary>
internal sealed class VersionEntry(PutBody body, long blobPosition, long sharePosition, uint wrapEpoch)
{
    internal PutBody Body { get; } = body;

    internal ulong Version { get; } = body.Version;

    internal long BlobPosition { get; } = blobPosition;

    internal int BlobLength { get; } = (int)body.BlobLength;

    internal long SharePosition { get; } = sharePosition;

    /// <summary>The epoch under which the data key is sealed now.</summary>
    internal uint WrapEpoch { get; set; } = wrapEpoch;

    /// <summary>Written, and never current yet.</summary>
    internal bool IsPending { get; set; } = (body.Flags & (PutBody.PendingFlag | PutBody.PromotedFlag)) == PutBody.PendingFlag;

    internal bool IsDestroyed { get; set; } = (body.Flags & PutBody.DestroyedFlag) != 0;

    internal SecretVersionState StateIn(SecretEntry secret) => this switch
    {
        { IsDestroyed: true } => SecretVersionState.Destroyed,
        _ when secret.CurrentVersion == Version => SecretVersionState.Current,
        { IsPending: true } => SecretVersionState.Pending,
        _ => SecretVersionState.Previous,
    };
}
