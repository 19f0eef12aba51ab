using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>An anchor that says nothing of the file is told of, and is no reason not to open it: whoever can spoil it can remove it as well.</summary>
internal sealed class UnusableAnchorTests
{
    private readonly List<SecretException> _warnings = [];
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp()
    {
        _bench = new StoreBench();
        _warnings.Clear();
    }

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task One_that_was_not_made_with_the_store_s_key_is_told_of_once_and_made_anew()
    {
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
            byte[] spoilt = _bench.Anchor.Read(store.Maintenance.GetStatus().StoreId)!.Value.ToArray();
            spoilt[3] ^= 1;
            _bench.Anchor.Write(store.Maintenance.GetStatus().StoreId, spoilt);
        }

        await AssertToldOnceAsync("anchor-invalid");
    }

    [Test]
    public async Task One_whose_file_is_damaged_is_told_of_once_and_made_anew()
    {
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        string path = Directory.GetFiles(_bench.AnchorDirectory).Single();
        byte[] bytes = await File.ReadAllBytesAsync(path);
        for (int i = 20; i < bytes.Length; i += 64)
            bytes[i] ^= 0x55;
        await File.WriteAllBytesAsync(path, bytes);
        await AssertToldOnceAsync("anchor-damaged");
    }

    [Test]
    public async Task One_that_was_begun_and_never_written_is_none()
    {
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        string path = Directory.GetFiles(_bench.AnchorDirectory).Single();
        await File.WriteAllBytesAsync(path, new byte[256]);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(_bench.Warnings, Is.Empty);
    }

    [Test]
    public async Task One_from_before_all_that_the_compacted_file_remembers_is_told_of_once()
    {
        SimulatedDisk ours = await SimulatedStore.SmallAsync();
        SimulatedDisk theirs = new();
        theirs.Overwrite(SimulatedStore.Path, ours.BytesOf(SimulatedStore.Path));
        await using (EncryptedFileSecretStore store = await OpenAsync(ours))
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "ours, and lost"), default);
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(theirs)))
        {
            for (int i = 0; i < 300; i++)
                await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"theirs {i}"), default);
            await store.Maintenance.CompactAsync();
        }

        ours.Overwrite(SimulatedStore.Path, theirs.BytesOf(SimulatedStore.Path));
        await using (EncryptedFileSecretStore store = await OpenAsync(ours))
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("theirs 299"));
        await using EncryptedFileSecretStore again = await OpenAsync(ours);
        Assert.That(_warnings.Select(warning => (warning.Code, warning.Reason)), Is.EqualTo([(SecretErrorCode.Stale, "anchor-too-old")]));
    }

    private async Task AssertToldOnceAsync(string reason)
    {
        for (int i = 0; i < 2; i++)
        {
            await using EncryptedFileSecretStore again = await _bench.OpenAsync();
            Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value"));
        }

        Assert.That(_bench.Warnings.Select(warning => warning.Reason), Is.EqualTo([reason]));
    }

    private ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk);
        options.OnWarning = _warnings.Add;
        return EncryptedFileSecretStore.OpenAsync(options);
    }
}
