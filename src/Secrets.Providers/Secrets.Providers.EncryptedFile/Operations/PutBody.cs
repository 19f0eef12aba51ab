using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Secrets;

/// <summary>
/// The body of a <see cref="OperationCode.Put"/>: a fixed part of 113 bytes, then texts. It is kept as it is and read when it is needed, which
/// keeps a large store small in memory and quick to open.
/// </summary>
/// <param name="Bytes">The body.</param>
internal readonly record struct PutBody(ReadOnlyMemory<byte> Bytes)
{
    internal const int FixedLength = 113;
    internal const int DataKeyHalfLength = 32;
    internal const int ShareLength = 32;
    internal const int ShareDigestLength = 16;

    /// <summary>Written as pending. Part of the value's context, so it stays when the version is promoted.</summary>
    internal const byte PendingFlag = 1;

    /// <summary>In a checkpoint: destroyed; there is no blob and no share.</summary>
    internal const byte DestroyedFlag = 2;

    /// <summary>In a checkpoint: written as pending and promoted since.</summary>
    internal const byte PromotedFlag = 4;

    internal const long NoDate = long.MinValue;

    private ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>Where the blob is in the frame's blobs.</summary>
    internal uint BlobOffset => BinaryPrimitives.ReadUInt32LittleEndian(Span);

    internal uint BlobLength => BinaryPrimitives.ReadUInt32LittleEndian(Span[4..]);

    /// <summary>Where the share is in the frame's erasable part.</summary>
    internal uint ShareOffset => BinaryPrimitives.ReadUInt32LittleEndian(Span[8..]);

    /// <summary>The epoch that was current when the value was sealed; part of the value's context.</summary>
    internal uint KeyEpoch => BinaryPrimitives.ReadUInt32LittleEndian(Span[12..]);

    /// <summary>The sealed half of the data key; the other half is the share.</summary>
    internal ReadOnlySpan<byte> DataKeyHalf => Span.Slice(16, DataKeyHalfLength);

    internal ReadOnlySpan<byte> ShareDigest => Span.Slice(48, ShareDigestLength);

    internal byte Flags => Span[64];

    internal ulong Version => BinaryPrimitives.ReadUInt64LittleEndian(Span[65..]);

    internal Guid Id => new(Span.Slice(73, 16), bigEndian: true);

    internal DateTimeOffset CreatedOn => Date(BinaryPrimitives.ReadInt64LittleEndian(Span[89..]));

    internal DateTimeOffset UpdatedOn => Date(BinaryPrimitives.ReadInt64LittleEndian(Span[97..]));

    private long ExpiresTicks => BinaryPrimitives.ReadInt64LittleEndian(Span[105..]);

    /// <summary>The address at which the version was written; a later move does not change it.</summary>
    internal SecretAddress WrittenAt => new BodyReader(Span[FixedLength..]).TakeAddress();

    /// <summary>Writes a body; the places in the frame, and the key are patched in later.</summary>
    internal static void Write(DirectoryWriter writer, in SecretProperties properties, ulong version, uint keyEpoch, byte flags, IEnumerable<string> keyNames)
    {
        writer.Add(0u).Add(0u).Add(0u).Add(keyEpoch);
        writer.Add(stackalloc byte[DataKeyHalfLength + ShareDigestLength]).Add(flags).Add(version).Add(properties.Id);
        writer.Add(UnixTicks.Of(properties.CreatedOn)).Add(UnixTicks.Of(properties.UpdatedOn));
        writer.Add(properties.ExpiresOn is { } expires ? UnixTicks.Of(expires) : NoDate);
        writer.Add(properties.Address).Add(properties.Type).Add(properties.Description);
        writer.Add((ushort)properties.Tags.Count);
        foreach ((string name, string value) in properties.Tags)
            writer.Add(name).Add(value);
        string[] keys = [.. keyNames];
        writer.Add((ushort)keys.Length);
        foreach (string key in keys)
            writer.Add(key);
    }

    internal static void SetKey(Span<byte> body, ReadOnlySpan<byte> dataKeyHalf, ReadOnlySpan<byte> shareDigest)
    {
        dataKeyHalf.CopyTo(body.Slice(16, DataKeyHalfLength));
        shareDigest.CopyTo(body.Slice(48, ShareDigestLength));
    }

    internal static void SetPlace(Span<byte> body, uint blobOffset, uint blobLength, uint shareOffset)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(body, blobOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], blobLength);
        BinaryPrimitives.WriteUInt32LittleEndian(body[8..], shareOffset);
    }

    internal static void SetFlags(Span<byte> body, byte flags) => body[64] = flags;

    internal SecretProperties ToProperties(SecretAddress address, SecretVersionState state, DateTimeOffset? deletedOn)
    {
        BodyReader texts = new(Span[FixedLength..]);
        texts.SkipAddress();
        string? type = texts.TakeNullableString();
        string? description = texts.TakeNullableString();
        int tagCount = texts.TakeUInt16();
        Dictionary<string, string>? tags = tagCount == 0 ? null : new(tagCount, StringComparer.Ordinal);
        for (int i = 0; i < tagCount; i++)
            tags!.Add(texts.TakeString(), texts.TakeString());
        string[] keys = new string[texts.TakeUInt16()];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = texts.TakeString();
        return new SecretProperties(address, VersionNumber.Format(Version))
        {
            Id = Id,
            Type = type,
            Description = description,
            Tags = tags is null ? FrozenDictionary<string, string>.Empty : tags.AsReadOnly(),
            KeyNames = state == SecretVersionState.Destroyed ? null : Array.AsReadOnly(keys),
            CreatedOn = CreatedOn,
            UpdatedOn = UpdatedOn,
            ExpiresOn = ExpiresTicks == NoDate ? null : Date(ExpiresTicks),
            DeletedOn = deletedOn,
            State = state,
        };
    }

    /// <summary>What the value of this version is sealed with, the previous record's hash included.</summary>
    internal SealContext ValueContext(Guid storeId, ReadOnlySpan<byte> previousRecordHash)
    {
        SealContext context = new("value", storeId);
        BodyReader texts = new(Span[FixedLength..]);
        for (int i = 0; i < 4; i++)
            AddText(context, ref texts);
        context.Add((long)Version).Add(KeyEpoch);
        AddText(context, ref texts);
        context.Add(BinaryPrimitives.ReadInt64LittleEndian(Span[89..]));
        context.Add(ExpiresTicks == NoDate ? null : ExpiresTicks);
        return context.Add((long)(Flags & PendingFlag)).Add(previousRecordHash);
    }

    private static void AddText(SealContext context, ref BodyReader texts)
    {
        if (texts.TryTakeText(out ReadOnlySpan<byte> utf8))
            context.Add(utf8);
        else
            context.Add((string?)null);
    }

    private static DateTimeOffset Date(long ticks) =>
        UnixTicks.TryToDate(ticks, out DateTimeOffset date) ? date : throw new InvalidDataException("A version holds no date where its format says so.");
}
