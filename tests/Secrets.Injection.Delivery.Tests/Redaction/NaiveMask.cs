namespace Secrets.Injection.Delivery.Tests.Redaction;

/// <summary>Masking as it is defined, done the slow way: mark every byte of every occurrence, then print each run of marks once.</summary>
internal static class NaiveMask
{
    internal static byte[] Mask(ReadOnlySpan<byte> input, IEnumerable<byte[]> patterns)
    {
        bool[] covered = new bool[input.Length];
        foreach (byte[] pattern in patterns)
        {
            for (int i = 0; i + pattern.Length <= input.Length; i++)
            {
                if (input.Slice(i, pattern.Length).SequenceEqual(pattern)) covered.AsSpan(i, pattern.Length).Fill(true);
            }
        }

        List<byte> output = [];
        for (int i = 0; i < input.Length; i++)
        {
            if (!covered[i]) output.Add(input[i]);
            else if (i == 0 || !covered[i - 1]) output.AddRange("***"u8);
        }

        return [.. output];
    }
}
