using System.Globalization;
using System.Text;

namespace Secrets.Injection.Delivery.Tests.Redaction;

/// <summary>Random secrets, encodings, inputs and chunks against the definition. SECRETS_MASKER_CASES makes it longer.</summary>
[TestFixture]
public sealed class SecretMaskerRandomTests
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("SECRETS_MASKER_CASES"), CultureInfo.InvariantCulture, out int cases) ? cases : 20_000;

    [Test]
    public void Every_occurrence_is_masked_and_nothing_else_changes_whatever_the_chunks()
    {
        int seed = Environment.TickCount;
        int masked = 0;
        for (int i = 0; i < Cases; i++)
        {
            Random random = new(seed + i);
            SecretEncodings encodings = random.Next(3) switch { 0 => SecretEncodings.None, 1 => SecretEncodings.All, _ => (SecretEncodings)random.Next((int)SecretEncodings.All + 1) };
            SecretValue[] values = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomValue(random))];
            SecretMasker masker = new(new SecretMaskerOptions { Encodings = encodings });
            HashSet<byte[]> patterns = new(ByteSequenceComparer.Instance);
            foreach (SecretValue value in values)
            {
                if (masker.Add("v", value)) EncodedForms.AddTo(patterns, value, encodings);
            }

            byte[] input = RandomInput(random, values, patterns);
            byte[] expected = NaiveMask.Mask(input, patterns);
            byte[] actual = MaskInChunks(masker, input, random);
            if (!actual.AsSpan().SequenceEqual(expected))
                Assert.Fail($"seed {seed + i}: differs from the definition (input {input.Length} bytes, {patterns.Count} patterns)");
            if (!expected.AsSpan().SequenceEqual(input)) masked++;
        }

        Assert.That(masked, Is.GreaterThan(Cases / 3), "the cases must exercise masking");
    }

    private static SecretValue RandomValue(Random random)
    {
        // A small alphabet makes overlaps, self-overlaps and long near misses; a wide one makes escapes and invalid UTF-8.
        int length = random.Next(1, random.Next(3) == 0 ? 60 : 12);
        switch (random.Next(4))
        {
            case 0:
                byte[] bytes = new byte[length];
                random.NextBytes(bytes);
                return SecretValue.FromBytes(bytes);
            case 1:
                return SecretValue.FromString(new string([.. Enumerable.Range(0, length).Select(_ => "ab"[random.Next(2)])]));
            case 2:
                return SecretValue.FromString(new string([.. Enumerable.Range(0, length).Select(_ => "a\"'<&\n\r\\ %é€".ElementAt(random.Next(12)))]));
            default:
                return SecretValue.FromString(new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(33, 127))]));
        }
    }

    private static byte[] RandomInput(Random random, SecretValue[] values, HashSet<byte[]> patterns)
    {
        byte[][] all = [.. patterns];
        using MemoryStream input = new();
        int pieces = random.Next(1, 12);
        for (int i = 0; i < pieces; i++)
        {
            byte[] piece = random.Next(5) switch
            {
                0 when all.Length > 0 => all[random.Next(all.Length)],
                1 when all.Length > 0 => Part(all[random.Next(all.Length)], random),
                2 => values[random.Next(values.Length)].RevealBytes(),
                3 => Noise(random),
                _ => Encoding.ASCII.GetBytes(new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => "abc\r\n "[random.Next(6)])])),
            };
            input.Write(piece);
        }

        return input.ToArray();
    }

    private static byte[] Part(byte[] pattern, Random random)
    {
        int start = random.Next(pattern.Length);
        return pattern[start..random.Next(start, pattern.Length + 1)];
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(80)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] MaskInChunks(SecretMasker masker, byte[] input, Random random)
    {
        MemoryStream output = new();
        using (MaskingStream stream = masker.Wrap(output, leaveOpen: true))
        {
            int max = random.Next(4) == 0 ? 1 : random.Next(1, input.Length + 2);
            for (int at = 0; at < input.Length;)
            {
                int length = Math.Min(input.Length - at, random.Next(1, max + 1));
                stream.Write(input, at, length);
                if (random.Next(4) == 0) stream.Flush();
                at += length;
            }
        }

        return output.ToArray();
    }
}
