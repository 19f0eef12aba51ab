using System.Buffers.Binary;
using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>What somebody without the key can do to the file, with no anchor to help: none of it is accepted.</summary>
internal sealed class TamperingTests
{
    private SimulatedDisk _disk = null!;
    private byte[] _file = null!;

    [SetUp]
    public async Task SetUp()
    {
        _disk = await SimulatedStore.SmallAsync();
        _file = _disk.BytesOf(SimulatedStore.Path);
    }

    [Test]
    public async Task Every_single_bit_flip_of_a_small_store_is_rejected()
    {
        for (int bit = 0; bit < _file.Length * 8; bit++)
        {
            byte[] flipped = [.. _file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertRejectedAsync(flipped, $"bit {bit % 8} of byte {bit / 8}");
        }

        await TestContext.Out.WriteLineAsync($"{_file.Length * 8} bits of {_file.Length} bytes");
    }

    [Test]
    public async Task Every_single_bit_flip_of_a_compacted_store_is_rejected()
    {
        await using (EncryptedFileSecretStore store = await OpenAsync(_disk))
        {
            await store.Maintenance.CompactAsync();
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        }

        _file = _disk.BytesOf(SimulatedStore.Path);
        for (int bit = 0; bit < _file.Length * 8; bit += 3)
        {
            byte[] flipped = [.. _file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertRejectedAsync(flipped, $"bit {bit % 8} of byte {bit / 8}");
        }
    }

    [Test]
    public async Task Frames_that_are_swapped_deleted_or_replayed_are_rejected()
    {
        List<byte[]> frames = Frames(_file);
        byte[] head = _file[..StoreHeader.Length];
        Assert.That(frames, Has.Count.EqualTo(4));
        await AssertRejectedAsync([.. head, .. frames[0], .. frames[2], .. frames[1], .. frames[3]], "swapped");
        await AssertRejectedAsync([.. head, .. frames[0], .. frames[2], .. frames[3]], "deleted in the middle");
        await AssertRejectedAsync([.. head, .. frames[1], .. frames[2], .. frames[3]], "the slots deleted");
        await AssertRejectedAsync([.. head, .. frames[0], .. frames[1], .. frames[2], .. frames[3], .. frames[1]], "replayed at the end");
        await AssertRejectedAsync([.. head, .. frames[0], .. frames[1], .. frames[1], .. frames[2], .. frames[3]], "replayed in the middle");
    }

    [Test]
    public async Task Frames_of_another_store_with_the_same_key_are_rejected()
    {
        byte[] other = (await SimulatedStore.SmallAsync()).BytesOf(SimulatedStore.Path);
        List<byte[]> ours = Frames(_file), theirs = Frames(other);
        for (int i = 0; i < ours.Count; i++)
        {
            List<byte[]> spliced = [.. ours];
            spliced[i] = theirs[i];
            await AssertRejectedAsync([.. _file[..StoreHeader.Length], .. spliced.SelectMany(frame => frame)], $"frame {i}");
        }

        await AssertRejectedAsync([.. other[..StoreHeader.Length], .. _file[StoreHeader.Length..]], "the header");
    }

    [Test]
    public async Task Values_exchanged_between_secrets_or_versions_while_the_store_is_open_are_rejected()
    {
        await using EncryptedFileSecretStore store = await OpenAsync(_disk);
        VersionEntry db1 = store.CurrentState.Index.Live(StoreBench.Db)!.Versions[0];
        VersionEntry db2 = store.CurrentState.Index.Live(StoreBench.Db)!.Versions[1];
        VersionEntry api = store.CurrentState.Index.Live(SecretAddress.Public("api"))!.Versions[0];
        Assert.That(api.BlobLength, Is.EqualTo(db1.BlobLength));
        _disk.Change(SimulatedStore.Path, api.BlobPosition, _file.AsSpan((int)db1.BlobPosition, db1.BlobLength));
        _disk.Change(SimulatedStore.Path, api.SharePosition, _file.AsSpan((int)db1.SharePosition, PutBody.ShareLength));
        _disk.Change(SimulatedStore.Path, db2.SharePosition, _file.AsSpan((int)db1.SharePosition, PutBody.ShareLength));
        foreach (SecretAddress address in new[] { SecretAddress.Public("api"), StoreBench.Db })
        {
            SecretReadResult result = (await store.ReadAsync([new SecretRead(address)], default))[0];
            Assert.That((result.Status, result.Error?.Code, result.Error?.Reason), Is.EqualTo((SecretReadStatus.Failed, (SecretErrorCode?)SecretErrorCode.Corrupted, "tampered")));
        }
    }

    [Test]
    public async Task Bytes_added_at_the_end_are_rejected_or_cut_off()
    {
        byte[] noise = new byte[200];
        new Random(1).NextBytes(noise);
        await AssertRejectedAsync([.. _file, .. noise], "noise");
        // A piece too short for a frame's header is what a crash may leave.
        Assert.That(await AssertRejectedOrPrefixAsync([.. _file, .. noise[..20]], "a little noise"), Is.True);
    }

    [Test]
    public async Task A_passphrase_slot_whose_cost_was_changed_is_rejected_before_the_work_is_done([Values(1u, 209_999u, 10_000_001u, uint.MaxValue)] uint iterations)
    {
        (SimulatedDisk disk, EncryptedFileOptions options) = await PassphraseStoreAsync(TimeSpan.Zero);
        ChangeCost(disk, PassphraseOptions.MinIterations, iterations);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.OpenAsync(options))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Corrupted, "slot-cost")));
    }

    [Test]
    public async Task A_passphrase_slot_that_was_made_cheaper_or_dearer_within_bounds_is_rejected([Values(PassphraseOptions.MinIterations, 250_001)] int iterations)
    {
        // The cost is part of what the slot's root key is sealed with, and of the chain.
        (SimulatedDisk disk, EncryptedFileOptions options) = await PassphraseStoreAsync(TimeSpan.FromMilliseconds(40));
        await using (EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(options))
            Assert.That(opened.Slots.List(), Has.Count.EqualTo(2));
        ChangeCost(disk, 250_000, (uint)iterations);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.OpenAsync(options))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-key")));

        // Also where another slot opens the store, and this one is not asked at all.
        SecretException tampered = Assert.ThrowsAsync<SecretException>(async () => await OpenAsync(disk))!;
        Assert.That((tampered.Code, tampered.Reason), Is.EqualTo((SecretErrorCode.Corrupted, "tampered")));
    }

    [Test]
    public async Task A_wrong_key_and_a_damaged_slot_are_one_error()
    {
        EncryptedFileOptions options = SimulatedStore.Options(_disk, new SimulatedStore.ForgetfulAnchor());
        options.Unlock.Clear();
        options.Unlock.Add(UnlockMethod.External(new TestProtector("test-kms/key-1", 0x11)));
        SecretException wrongKey = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.OpenAsync(options))!;
        FrameHeader.TryDecode(_file.AsSpan(StoreHeader.Length), out FrameHeader first);
        byte[] damaged = [.. _file];
        damaged[StoreHeader.Length + first.KeySetOffset + 40] ^= 1;
        _disk.Overwrite(SimulatedStore.Path, damaged);
        SecretException slot = Assert.ThrowsAsync<SecretException>(async () => await OpenAsync(_disk))!;
        Assert.That((wrongKey.Code, wrongKey.Reason), Is.EqualTo((slot.Code, slot.Reason)));
        await Task.CompletedTask;
    }

    // Its probe takes so long, by the test's clock.
    private static async Task<(SimulatedDisk Disk, EncryptedFileOptions Options)> PassphraseStoreAsync(TimeSpan probe)
    {
        SimulatedDisk disk = new();
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        options.Unlock.Clear();
        PassphraseOptions? cost = probe == TimeSpan.Zero ? new PassphraseOptions { TargetDuration = TimeSpan.Zero } : null;
        options.Unlock.Add(new PassphraseUnlock(_ => ValueTask.FromResult<SecretValue?>("canary-passphrase"), "passphrase", cost, _ => probe));
        await using EncryptedFileSecretStore created = await EncryptedFileSecretStore.CreateAsync(options);
        await created.Slots.AddAsync(UnlockMethod.External(new TestProtector()));
        return (disk, options);
    }

    private static void ChangeCost(SimulatedDisk disk, uint before, uint after)
    {
        byte[] file = disk.BytesOf(SimulatedStore.Path);
        byte[] cost = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(cost, before);
        // The newest set's.
        int position = file.AsSpan().LastIndexOf(cost);
        Assert.That(position, Is.GreaterThan(0));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(position), after);
        disk.Overwrite(SimulatedStore.Path, file);
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk) =>
        EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));

    private static List<byte[]> Frames(byte[] file)
    {
        List<byte[]> frames = [];
        for (int position = StoreHeader.Length; position < file.Length; position += frames[^1].Length)
        {
            Assert.That(FrameHeader.TryDecode(file.AsSpan(position), out FrameHeader header), Is.True);
            frames.Add(file[position..(position + header.Length)]);
        }

        return frames;
    }

    private static async Task AssertRejectedAsync(byte[] file, string what)
    {
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, file);
        try
        {
            await using EncryptedFileSecretStore opened = await OpenAsync(disk);
            Assert.Fail($"Accepted: {what}");
        }
        catch (SecretException refused)
        {
            Assert.That(refused.Code, Is.AnyOf(SecretErrorCode.Corrupted, SecretErrorCode.Unauthenticated, SecretErrorCode.InvalidArgument, SecretErrorCode.Unsupported), what);
        }
    }

    // True if it opened as an earlier state of this same store, with nothing changed: what a truncation gives, and what the anchor detects.
    private async Task<bool> AssertRejectedOrPrefixAsync(byte[] file, string what)
    {
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, file);
        try
        {
            await using EncryptedFileSecretStore opened = await OpenAsync(disk);
            byte[] left = disk.BytesOf(SimulatedStore.Path);
            Assert.That(_file.AsSpan().StartsWith(left), Is.True, $"Accepted as something else: {what}");
            return true;
        }
        catch (SecretException)
        {
            return false;
        }
    }
}
