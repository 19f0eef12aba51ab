using System.Text;
using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>
/// What sops shipped in its sealing, and not here: a MAC over values without their lengths, so that text could move from one to the next; a value's type
/// outside what is authenticated; empty values left in the clear.
/// </summary>
internal sealed class FaultsOfSopsTests
{
    private const int SHA256Length = 32;
    private static readonly SecretAddress Typed = SecretAddress.Public("typed");

    [Test]
    public void Values_whose_bytes_moved_from_one_to_the_next_are_not_the_same_plaintext()
    {
        string[] plaintexts =
        [
            Encoded(("a", "bc"), ("d", "e")),
            Encoded(("a", "b"), ("d", "ce")),
            Encoded(("ab", "c"), ("d", "e")),
            Encoded(("a", "bcd"), ("e", "")),
            Encoded(("a", ""), ("bcd", "e")),
            Encoded(("a", "bcde")),
            Encoded(("abcde", "")),
        ];
        Assert.That(plaintexts.Distinct().Count(), Is.EqualTo(plaintexts.Length));
    }

    [Test]
    public async Task Names_and_owners_whose_bytes_moved_from_one_to_the_next_are_not_the_same_record()
    {
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await CreateAsync(disk);
        SecretAddress address = SecretAddress.Private(SecretScope.Team, "ab", "cd");
        await store.WriteAsync(StoreBench.Write(address, "canary-value"), default);
        VersionEntry version = store.CurrentState.Index.Live(address)!.Versions[0];
        byte[] written = [.. Text("ab"), .. Text("cd")];
        Assert.That(TryOpen(store, version, written, written), Is.EqualTo("canary-value"), "The record as it was written.");
        foreach ((string? owner, string name) in new[] { ("a", "bcd"), ("abc", "d"), ("cd", "ab"), ("", "abcd"), (null, "abcd") })
            Assert.That(TryOpen(store, version, written, [.. Text(owner), .. Text(name)]), Is.Null, $"'{owner}', '{name}'");
    }

    [Test]
    public async Task A_type_is_part_of_what_a_value_is_sealed_with()
    {
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await CreateAsync(disk);
        await store.WriteAsync(new SecretWrite(new SecretProperties(Typed, default) { Type = "number" }, new SecretValues { ["value"] = "123" }), default);
        VersionEntry version = store.CurrentState.Index.Live(Typed)!.Versions[0];
        Assert.That(TryOpen(store, version, Text("number"), Text("number")), Is.EqualTo("123"), "The record as it was written.");
        foreach (string? other in new[] { "string", "numbe", "numbers", "", null })
            Assert.That(TryOpen(store, version, Text("number"), Text(other)), Is.Null, $"type '{other}'");
    }

    [Test]
    public async Task An_empty_value_is_sealed_like_any_other()
    {
        SimulatedDisk disk = new();
        await using (EncryptedFileSecretStore store = await CreateAsync(disk))
        {
            await store.WriteAsync(StoreBench.Write(SecretAddress.Public("empty"), ""), default);
            await store.WriteAsync(StoreBench.Write(SecretAddress.Public("empty2"), ""), default);
            byte[] file = disk.BytesOf(SimulatedStore.Path);
            byte[] one = Record(store, file, "empty");
            byte[] two = Record(store, file, "empty2");
            Assert.Multiple(() =>
            {
                Assert.That(one, Has.Length.EqualTo(SHA256Length + RecordSealer.Overhead + Encoding.UTF8.GetByteCount("value") + 8));
                Assert.That(two, Is.Not.EqualTo(one), "Two empty values are not the same bytes.");
                Assert.That(file.AsSpan().IndexOf("value"u8), Is.EqualTo(-1), "Nor is the name of its key in the clear.");
            });
            Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("empty")), Is.Empty);
        }

        // Each bit of it is authenticated: what holds no secret must not be a place where something can be put.
        await using EncryptedFileSecretStore open = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        VersionEntry version = open.CurrentState.Index.Live(SecretAddress.Public("empty"))!.Versions[0];
        byte[] sealedBytes = Record(open, disk.BytesOf(SimulatedStore.Path), "empty");
        for (int i = 0; i < sealedBytes.Length; i++)
        {
            disk.Change(SimulatedStore.Path, version.BlobPosition + i, [(byte)(sealedBytes[i] ^ 1)]);
            SecretReadResult result = (await open.ReadAsync([new SecretRead(SecretAddress.Public("empty"))], default))[0];
            Assert.That((result.Status, result.Error?.Reason), Is.EqualTo((SecretReadStatus.Failed, "tampered")), $"byte {i}");
            disk.Change(SimulatedStore.Path, version.BlobPosition + i, [sealedBytes[i]]);
        }
    }

    [Test]
    public async Task The_length_of_a_record_tells_the_length_of_its_values_and_nothing_of_what_they_are([Values(0, 1, 40, 5000)] int length)
    {
        // What docs/threat-model.md says is not hidden: lengths.
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await CreateAsync(disk);
        string[] values = [new('a', length), new('b', length), new('\0', length)];
        for (int i = 0; i < values.Length; i++)
            await store.WriteAsync(StoreBench.Write(SecretAddress.Public($"s{i}"), values[i]), default);
        byte[] file = disk.BytesOf(SimulatedStore.Path);
        int[] lengths = [.. Enumerable.Range(0, values.Length).Select(i => Record(store, file, $"s{i}").Length)];
        Assert.That(lengths, Is.All.EqualTo(SHA256Length + RecordSealer.Overhead + 13 + length));
    }

    private static ValueTask<EncryptedFileSecretStore> CreateAsync(SimulatedDisk disk) =>
        EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));

    private static string Encoded(params (string Key, string Value)[] pairs) =>
        Convert.ToHexString(ValuePairs.Encode(pairs.ToDictionary(pair => pair.Key, pair => SecretValue.FromString(pair.Value))));

    // What somebody with all keys but that of the value could make of its properties: they stand beside it, sealed under the epoch's key.
    private static string? TryOpen(EncryptedFileSecretStore store, VersionEntry version, byte[] before, byte[] after)
    {
        byte[] body = version.Body.Bytes.ToArray();
        int at = body.AsSpan().IndexOf(before);
        Assert.That(at, Is.GreaterThan(0));
        byte[] changed = [.. body[..at], .. after, .. body[(at + before.Length)..]];
        VersionEntry entry = new(new PutBody(changed), version.BlobPosition, version.SharePosition, version.WrapEpoch);
        return SealedPut.TryOpen(store.CurrentState, entry)?["value"].RevealString();
    }

    // As docs/encrypted-file-format.md says: its length in two bytes, 0xFFFF for none, and UTF-8.
    private static byte[] Text(string? text) =>
        text is null ? [0xFF, 0xFF] : [(byte)text.Length, 0, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Record(EncryptedFileSecretStore store, byte[] file, string name)
    {
        VersionEntry version = store.CurrentState.Index.Live(SecretAddress.Public(name))!.Versions[0];
        return file.AsSpan((int)version.BlobPosition, version.BlobLength).ToArray();
    }
}
