using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// Skips input in which no pattern can begin. It looks at 4 bytes at every n-th place, n being as large as the shortest pattern allows, and
/// asks a small hashed set whether any pattern has these 4 bytes at one of its first n places. The looks do not depend on each other, so the
/// processor does several at a time; a wrong yes costs a short walk through the automaton, a wrong no does not happen.
/// </summary>
internal sealed class MaskFilter
{
    private const int Block = EncodedForms.MinLength;
    private const int MaxStride = 16;
    private const int MaxBits = 18;
    private const int MinBits = 10;

    private readonly uint[] _set;
    private readonly int _shift;

    internal MaskFilter(byte[][] patterns)
    {
        int shortest = patterns.Length == 0 ? Block : patterns.Min(static p => p.Length);
        Stride = Math.Clamp(shortest - Block + 1, 1, MaxStride);
        // About one bit in 64 is set, until the set would leave the first-level cache.
        int bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, patterns.Length * Stride)) + 7, MinBits, MaxBits);
        _shift = 32 - bits;
        _set = new uint[1 << (bits - 5)];
        foreach (byte[] pattern in patterns)
        {
            for (int i = 0; i < Stride; i++)
            {
                uint hash = Hash(MemoryMarshal.Read<uint>(pattern.AsSpan(i)));
                _set[hash >> 5] |= 1u << (int)(hash & 31);
            }
        }
    }

    /// <summary>How far apart the looks are, in bytes; 1 or more.</summary>
    internal int Stride { get; }

    /// <summary>The next place from <paramref name="place"/> on, in steps of <see cref="Stride"/>, where a pattern may be; or the first place too near the end to tell.</summary>
    internal int Find(ReadOnlySpan<byte> input, int place)
    {
        int last = input.Length - Block;
        int stride = Stride;
        int shift = _shift;
        ref byte start = ref MemoryMarshal.GetReference(input);
        ref uint set = ref MemoryMarshal.GetArrayDataReference(_set);
        // Four looks per turn: their loads overlap.
        while (place + 3 * stride <= last)
        {
            uint a = Look(ref start, ref set, place, shift);
            uint b = Look(ref start, ref set, place + stride, shift);
            uint c = Look(ref start, ref set, place + 2 * stride, shift);
            uint d = Look(ref start, ref set, place + 3 * stride, shift);
            if (((a | b | c | d) & 1) != 0)
            {
                if ((a & 1) != 0) return place;
                if ((b & 1) != 0) return place + stride;
                return (c & 1) != 0 ? place + 2 * stride : place + 3 * stride;
            }

            place += 4 * stride;
        }

        while (place <= last && (Look(ref start, ref set, place, shift) & 1) == 0)
            place += stride;
        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Look(ref byte start, ref uint set, int place, int shift)
    {
        uint hash = (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, place)) * 0x9E3779B1u) >> shift;
        return Unsafe.Add(ref set, (nint)(hash >> 5)) >> (int)(hash & 31);
    }

    private uint Hash(uint block) => (block * 0x9E3779B1u) >> _shift;
}
