using System.Buffers.Binary;
using System.Text;

namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>Reads the notations of docs/encrypted-file-format.md.</summary>
internal sealed class ByteCursor(byte[] bytes)
{
    private int _at;

    internal bool IsAtEnd => _at == bytes.Length;

    internal byte[] Bytes(int count)
    {
        byte[] taken = bytes[_at..(_at + count)];
        _at += count;
        return taken;
    }

    internal byte U8() => Bytes(1)[0];

    internal ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    internal uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    internal ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    internal long I64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    internal byte[] Block() => Bytes(U16());

    internal string? Text()
    {
        ushort length = U16();
        return length == 0xFFFF ? null : Encoding.UTF8.GetString(Bytes(length));
    }

    internal (string Kind, string Id, string? Owner, string Name) Address() => (Text()!, Text()!, Text(), Text()!);
}
