using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Secrets;

/// <summary>The Castagnoli checksum that the service keeps beside each value.</summary>
internal static class Crc32C
{
    public static string Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (byte one in data)
            crc = BitOperations.Crc32C(crc, one);
        return (~crc).ToString(CultureInfo.InvariantCulture);
    }
}
