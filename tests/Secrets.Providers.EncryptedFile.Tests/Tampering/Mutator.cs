namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>Changes a file in the ways that a fuzzer would.</summary>
internal static class Mutator
{
    internal static byte[] Mutate(Random random, byte[] file)
    {
        byte[] bytes = [.. file];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            bytes = Change(random, bytes);
        return bytes;
    }

    private static byte[] Change(Random random, byte[] bytes)
    {
        if (bytes.Length < 2)
            return bytes;
        int start = random.Next(bytes.Length);
        int end = Math.Min(bytes.Length, start + random.Next(1, 600));
        switch (random.Next(8))
        {
            case 0:
                bytes[start] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[start] = (byte)random.Next(256);
                return bytes;
            case 2:
                random.NextBytes(bytes.AsSpan(start, end - start));
                return bytes;
            case 3:
                bytes.AsSpan(start, end - start).Clear();
                return bytes;
            case 4:
                return [.. bytes[..start], .. bytes[end..]];
            case 5:
                return [.. bytes[..end], .. bytes[start..]];
            case 6:
                return bytes[..start];
            default:
                int other = random.Next(bytes.Length);
                bytes.AsSpan(start, Math.Min(end - start, bytes.Length - other)).ToArray().CopyTo(bytes, other);
                return bytes;
        }
    }
}
