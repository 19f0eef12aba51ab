using System.Security.Cryptography;

namespace Secrets.Providers.Encryption.Tests;

internal sealed class RecordSealerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Hedge = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];
    private static readonly byte[] Context = [.. new SealContext("test", Guid.Empty).Add("name").Add(1L).Bytes];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(100_000)]
    public void What_was_sealed_opens(int length)
    {
        byte[] plaintext = RandomNumberGenerator.GetBytes(length);
        byte[] record = RecordSealer.Seal(Key, Hedge, 7, Context, plaintext);
        byte[] opened = new byte[length];
        Assert.Multiple(() =>
        {
            Assert.That(record, Has.Length.EqualTo(length + RecordSealer.Overhead));
            Assert.That(RecordSealer.TryOpen(Key, Context, record, opened), Is.True);
            Assert.That(opened, Is.EqualTo(plaintext));
            Assert.That(RecordSealer.EpochOf(record), Is.EqualTo(7));
        });
    }

    [Test]
    public void A_flip_of_any_bit_of_the_record_is_rejected()
    {
        byte[] record = RecordSealer.Seal(Key, Hedge, 7, Context, "canary-value"u8);
        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            byte[] flipped = [.. record];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] plaintext = new byte[flipped.Length - RecordSealer.Overhead];
            Assert.That(RecordSealer.TryOpen(Key, Context, flipped, plaintext), Is.False, $"bit {bit}");
            Assert.That(plaintext, Is.All.Zero, "Nothing of a record that does not verify comes out.");
        }
    }

    [Test]
    public void Another_key_and_another_context_are_rejected()
    {
        byte[] record = RecordSealer.Seal(Key, Hedge, 7, Context, "canary-value"u8);
        byte[] plaintext = new byte[12];
        byte[] otherKey = [.. Key];
        otherKey[31] ^= 1;
        byte[] otherContext = [.. new SealContext("test", Guid.Empty).Add("nam").Add("e").Add(1L).Bytes];
        Assert.Multiple(() =>
        {
            Assert.That(RecordSealer.TryOpen(otherKey, Context, record, plaintext), Is.False);
            Assert.That(RecordSealer.TryOpen(Key, otherContext, record, plaintext), Is.False);
        });
    }

    [Test]
    public void A_random_source_that_repeats_itself_gives_different_salts_for_different_plaintexts_and_places()
    {
        byte[] stuck = new byte[32];
        byte[] otherContext = [.. new SealContext("test", Guid.Empty).Add("other").Add(1L).Bytes];
        byte[][] salts = [Salt(Context, "one"u8), Salt(Context, "two"u8), Salt(otherContext, "one"u8)];
        Assert.That(salts.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(3));
        Assert.That(Salt(Context, "one"u8), Is.EqualTo(salts[0]), "With all the same, it is the same record, which tells nothing new.");

        byte[] Salt(byte[] context, ReadOnlySpan<byte> plaintext)
        {
            byte[] record = new byte[plaintext.Length + RecordSealer.Overhead];
            RecordSealer.Seal(Key, Hedge, 7, context, plaintext, stuck, record);
            return record[6..38];
        }
    }

    [Test]
    public void Fields_of_a_context_cannot_run_into_each_other()
    {
        string[] contexts =
        [
            Hex(new SealContext("a", Guid.Empty).Add("bc").Add("d")),
            Hex(new SealContext("a", Guid.Empty).Add("b").Add("cd")),
            Hex(new SealContext("a", Guid.Empty).Add("bcd")),
            Hex(new SealContext("a", Guid.Empty).Add("bcd").Add("")),
            Hex(new SealContext("a", Guid.Empty).Add("bcd").Add((string?)null)),
            Hex(new SealContext("a", Guid.Empty).Add(0L)),
            Hex(new SealContext("a", Guid.Empty).Add((long?)null)),
        ];
        Assert.That(contexts.Distinct().Count(), Is.EqualTo(contexts.Length));

        static string Hex(SealContext context) => Convert.ToHexString(context.Bytes);
    }
}
