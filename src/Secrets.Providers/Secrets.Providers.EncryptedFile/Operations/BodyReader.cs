using System.Buffers.Binary;
using System.Text;

namespace Secrets;

/// <summary>Reads the body of a directory entry. The bytes are authenticated before they come here; a short body is still an error, not a crash.</summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
            throw new InvalidDataException("A directory entry is shorter than its format says.");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    internal byte TakeByte() => Take(1)[0];

    internal ushort TakeUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint TakeUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong TakeUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal long TakeInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    internal Guid TakeGuid() => new(Take(16), bigEndian: true);

    internal DateTimeOffset TakeDate() =>
        UnixTicks.TryToDate(TakeInt64(), out DateTimeOffset date) ? date : throw new InvalidDataException("A directory entry holds no date where its format says so.");

    /// <summary>The UTF-8 bytes of a text.</summary>
    /// <returns>False if it is null.</returns>
    internal bool TryTakeText(out ReadOnlySpan<byte> utf8)
    {
        ushort length = TakeUInt16();
        utf8 = length == DirectoryWriter.NullLength ? default : Take(length);
        return length != DirectoryWriter.NullLength;
    }

    internal string? TakeNullableString() => TryTakeText(out ReadOnlySpan<byte> utf8) ? Encoding.UTF8.GetString(utf8) : null;

    internal string TakeString() => TakeNullableString() ?? throw new InvalidDataException("A directory entry holds no text where its format says so.");

    internal void SkipAddress()
    {
        for (int i = 0; i < 4; i++)
            TryTakeText(out _);
    }

    internal SecretAddress TakeAddress()
    {
        TryTakeText(out ReadOnlySpan<byte> kind);
        TryTakeText(out ReadOnlySpan<byte> id);
        // Nearly every secret is at team scope: no need to make its scope anew each time.
        SecretScope scope = id.IsEmpty && kind.SequenceEqual("team"u8) ? SecretScope.Team : new SecretScope(Encoding.UTF8.GetString(kind), Encoding.UTF8.GetString(id));
        string? owner = TakeNullableString();
        return new SecretAddress(scope, owner, TakeString());
    }
}
