using System.Security.Cryptography;

namespace Secrets.Providers.Encryption.Tests;

internal sealed class HkdfSha512Tests
{
    [Test]
    public void It_derives_what_the_framework_s_own_derives([Range(0, HkdfSha512.MaxLength, 8)] int length)
    {
        foreach (int other in new[] { 0, 1, 32, 36, 64, 95, HkdfSha512.MaxLength })
        {
            AssertSame(Bytes(length), Bytes(other), Bytes(32));
            AssertSame(Bytes(other), Bytes(32), Bytes(length));
            AssertSame(Bytes(32), Bytes(length), Bytes(other));
        }
    }

    [Test]
    public void What_is_longer_than_it_takes_is_refused()
    {
        byte[] okm = new byte[64], tooLong = Bytes(HkdfSha512.MaxLength + 1);
        Assert.Multiple(() =>
        {
            Assert.That(() => HkdfSha512.Derive(tooLong, Bytes(32), Bytes(36), okm), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => HkdfSha512.Derive(Bytes(64), tooLong, Bytes(36), okm), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => HkdfSha512.Derive(Bytes(64), Bytes(32), tooLong, okm), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [TestCase(32)]
    [TestCase(64)]
    [TestCase(96)]
    [TestCase(97)]
    [TestCase(400)]
    public void A_record_opens_with_a_key_of_any_length(int length)
    {
        byte[] key = Bytes(length), context = Bytes(40), hedge = Bytes(32), opened = new byte[12];
        byte[] record = RecordSealer.Seal(key, hedge, 1, context, "canary-value"u8);
        Assert.That(RecordSealer.TryOpen(key, context, record, opened), Is.True);
        Assert.That(opened, Is.EqualTo("canary-value"u8.ToArray()));
    }

    private static void AssertSame(byte[] key, byte[] salt, byte[] info)
    {
        byte[] okm = new byte[64];
        HkdfSha512.Derive(key, salt, info, okm);
        Assert.That(okm, Is.EqualTo(HKDF.DeriveKey(HashAlgorithmName.SHA512, key, 64, salt, info)), $"{key.Length}, {salt.Length}, {info.Length}");
    }

    private static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);
}
