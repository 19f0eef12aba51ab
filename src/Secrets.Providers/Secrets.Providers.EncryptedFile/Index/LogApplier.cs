using System.Buffers.Binary;

namespace Secrets;

/// <summary>Applies directories to an index: when a store is opened, when it commits, and when it follows another process. One way for all three.</summary>
internal sealed class LogApplier(SecretIndex index)
{
    // In a checkpoint, the secret whose versions follow.
    private SecretEntry? _restoring;

    /// <summary>Bytes that a compaction would keep.</summary>
    internal long LiveBytes { get; private set; }

    /// <summary>Earlier heads of the chain that a compaction cut off, oldest first; an anchor may still name one of them.</summary>
    internal List<ChainHead> History { get; } = [];

    /// <summary>Oldest first. Replaced, never changed, so that a reader may keep it.</summary>
    internal IReadOnlyList<AcceptedRollback> AcceptedRollbacks { get; private set; } = [];

    /// <summary>What the store keeps of histories; null if nobody has said.</summary>
    internal EncryptedFileRetention? Retention { get; private set; }

    /// <summary>Shares that are to be overwritten: what they opened is gone for good.</summary>
    internal List<long> Erasures { get; } = [];

    /// <summary>What changed, for watchers; null while nobody wants to know.</summary>
    internal List<SecretStoreChange>? Changes { get; set; }

    internal void EndCheckpoint() => _restoring = null;

    internal void Apply(ReadOnlyMemory<byte> directory, long blobsPosition, long erasablePosition, uint epoch)
    {
        while (!directory.IsEmpty)
        {
            OperationCode code = (OperationCode)directory.Span[0];
            int length = BinaryPrimitives.ReadInt32LittleEndian(directory.Span[1..]);
            ReadOnlyMemory<byte> body = directory.Slice(5, length);
            directory = directory[(5 + length)..];
            if (code == OperationCode.Put)
                Put(new PutBody(body), blobsPosition, erasablePosition, epoch);
            else
                Apply(code, new BodyReader(body.Span), epoch);
        }
    }

    private void Apply(OperationCode code, BodyReader body, uint epoch)
    {
        switch (code)
        {
            case OperationCode.Store:
                index.VersionFloor = Math.Max(index.VersionFloor, body.TakeUInt64());
                for (uint left = body.TakeUInt32(); left > 0; left--)
                    History.Add(new ChainHead(body.TakeUInt64(), body.Take(FrameHeader.ChainLength).ToArray()));
                return;
            case OperationCode.AcceptRollback:
                AcceptRollback(ref body);
                return;
            case OperationCode.Retention:
                Retention = RetentionMutation.Read(ref body);
                return;
            case OperationCode.State:
                Restore(ref body);
                return;
        }

        SecretAddress address = body.TakeAddress();
        switch (code)
        {
            case OperationCode.Promote:
                Promote(Live(address), body.TakeUInt64());
                break;
            case OperationCode.Delete:
                Delete(address, body.TakeDate());
                break;
            case OperationCode.Recover:
                Recover(address);
                break;
            case OperationCode.Purge:
                PurgeParts parts = (PurgeParts)body.TakeByte();
                if (parts.HasFlag(PurgeParts.Live)) Forget(index.RemoveLive(address));
                if (parts.HasFlag(PurgeParts.Deleted)) Forget(index.RemoveDeleted(address));
                break;
            case OperationCode.Destroy:
                Destroy(Live(address), body.TakeUInt64());
                return;
            case OperationCode.Prune:
                Prune(Live(address), body.TakeUInt64());
                return;
            case OperationCode.Move:
                Move(address, body.TakeAddress());
                break;
            case OperationCode.Rewrap:
                Rewrap(ref body, address, epoch);
                return;
            default:
                throw new InvalidDataException($"The directory holds an operation {(byte)code} that this release does not know.");
        }

        Changes?.Add(new SecretStoreChange(address, CurrentOf(address)));
    }

    private void AcceptRollback(ref BodyReader body)
    {
        AcceptedRollback accepted = new(body.TakeUInt64(), body.TakeDate(), body.TakeString());
        AcceptedRollbacks = [.. AcceptedRollbacks, accepted];
    }

    private void Put(PutBody body, long blobsPosition, long erasablePosition, uint epoch)
    {
        VersionEntry version = new(body, blobsPosition + body.BlobOffset, erasablePosition + body.ShareOffset, epoch);
        LiveBytes += SizeOf(version);
        if (_restoring is not null)
        {
            _restoring.Restore(version);
            return;
        }

        SecretAddress address = body.WrittenAt;
        SecretEntry entry = index.LiveOrNew(address);
        entry.Add(version);
        Changes?.Add(new SecretStoreChange(address, version.IsPending ? null : VersionNumber.Format(version.Version)));
    }

    private void Promote(SecretEntry entry, ulong version)
    {
        VersionEntry promoted = entry.Find(version) ?? throw Unknown(entry.Address, version);
        promoted.IsPending = false;
        entry.CurrentVersion = version;
    }

    private void Delete(SecretAddress address, DateTimeOffset on)
    {
        SecretEntry entry = Live(address);
        index.RemoveLive(address);
        Forget(index.RemoveDeleted(address));
        entry.DeletedOn = on;
        index.Place(entry);
    }

    private void Recover(SecretAddress address)
    {
        SecretEntry entry = index.RemoveDeleted(address) ?? throw Unknown(address, 0);
        entry.DeletedOn = null;
        index.Place(entry);
    }

    private void Destroy(SecretEntry entry, ulong number)
    {
        VersionEntry version = entry.Find(number) ?? throw Unknown(entry.Address, number);
        version.IsDestroyed = true;
        LiveBytes -= version.BlobLength;
        Erasures.Add(version.SharePosition);
    }

    private void Prune(SecretEntry entry, ulong number)
    {
        VersionEntry version = entry.Find(number) ?? throw Unknown(entry.Address, number);
        entry.Remove(version);
        Drop(version);
    }

    private void Move(SecretAddress from, SecretAddress to)
    {
        SecretEntry entry = index.RemoveLive(from) ?? throw Unknown(from, 0);
        // Above what the new address ever was, so that no version shows there twice.
        entry.NextVersion = Math.Max(entry.NextVersion, index.NextVersionAt(to));
        index.Bury(entry);
        entry.Address = to;
        index.Place(entry);
    }

    private void Rewrap(ref BodyReader body, SecretAddress address, uint epoch)
    {
        bool isDeleted = body.TakeByte() != 0;
        ulong number = body.TakeUInt64();
        SecretEntry entry = (isDeleted ? index.Deleted(address) : index.Live(address)) ?? throw Unknown(address, number);
        VersionEntry version = entry.Find(number) ?? throw Unknown(address, number);
        if (!body.Take(PutBody.DataKeyHalfLength).SequenceEqual(version.Body.DataKeyHalf))
            throw new InvalidDataException($"Version {number} of {address} is said to have another data key.");
        version.WrapEpoch = epoch;
    }

    private void Restore(ref BodyReader body)
    {
        SecretEntry entry = new(body.TakeAddress()) { CurrentVersion = body.TakeUInt64(), NextVersion = body.TakeUInt64() };
        if (body.TakeByte() != 0)
            entry.DeletedOn = body.TakeDate();
        index.Place(entry);
        _restoring = entry;
    }

    private SecretEntry Live(SecretAddress address) => index.Live(address) ?? throw Unknown(address, 0);

    private SecretVersion? CurrentOf(SecretAddress address) =>
        index.Live(address) is { CurrentVersion: > 0 } live ? VersionNumber.Format(live.CurrentVersion) : null;

    private void Forget(SecretEntry? entry)
    {
        index.Bury(entry);
        foreach (VersionEntry version in entry?.Versions ?? [])
            Drop(version);
    }

    private void Drop(VersionEntry version)
    {
        LiveBytes -= version.IsDestroyed ? SizeOf(version) - version.BlobLength : SizeOf(version);
        if (!version.IsDestroyed)
            Erasures.Add(version.SharePosition);
    }

    private static int SizeOf(VersionEntry version) => version.BlobLength + version.Body.Bytes.Length + 5 + PutBody.ShareLength;

    private static InvalidDataException Unknown(SecretAddress address, ulong version) =>
        new($"The log speaks of version {version} of {address}, which it never put.");
}
