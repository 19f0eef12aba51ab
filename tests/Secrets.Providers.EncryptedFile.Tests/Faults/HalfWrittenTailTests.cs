namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>
/// A power failure that leaves of the last commit all that its chain hash covers, and not the sectors of the erasable part behind it: such a
/// commit was never acknowledged, and is cut off like any other that is not whole.
/// </summary>
internal sealed class HalfWrittenTailTests
{
    private const int Sector = 512;

    [Test]
    public async Task A_last_commit_without_some_of_its_shares_is_cut_off()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        await using (EncryptedFileSecretStore store = await OpenAsync(disk))
            await Together.WriteAsync(disk, store, 60);
        await AssertEachSectorCutAsync(disk.BytesOf(SimulatedStore.Path), atLeast: 2);
    }

    [Test]
    public async Task A_last_commit_without_some_of_its_sealed_root_keys_is_cut_off_and_the_slots_before_are_in_force()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        byte[] before = [];
        await using (EncryptedFileSecretStore store = await OpenAsync(disk))
        {
            for (int i = 0; i < 12; i++)
            {
                before = disk.BytesOf(SimulatedStore.Path);
                await store.Slots.AddAsync(SimulatedStore.SecondMethod);
            }
        }

        // The slots before are overwritten only when the commit is synced.
        await AssertEachSectorCutAsync([.. before, .. disk.BytesOf(SimulatedStore.Path)[before.Length..]], atLeast: 1);
    }

    private static async Task AssertEachSectorCutAsync(byte[] whole, int atLeast)
    {
        (long start, FrameHeader last) = LastFrame(whole);
        int[] sectors = [.. SectorsOf(start + last.ErasableOffset, whole.Length)];
        Assert.That(sectors, Has.Length.GreaterThanOrEqualTo(atLeast));
        foreach (int sector in sectors)
        {
            byte[] torn = [.. whole];
            torn.AsSpan(sector, Math.Min(Sector, whole.Length - sector)).Clear();
            await AssertCutAsync(torn, start, $"sector at {sector} of {whole.Length}");
        }
    }

    private static async Task AssertCutAsync(byte[] torn, long start, string where)
    {
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, torn);
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        Assert.That(disk.BytesOf(SimulatedStore.Path), Has.Length.EqualTo(start), where);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("three"), where);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, where);
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        options.LockTimeout = TimeSpan.FromMinutes(2);
        options.ReserveFromBytes = int.MaxValue;
        return EncryptedFileSecretStore.OpenAsync(options);
    }

    private static (long Start, FrameHeader Header) LastFrame(byte[] file)
    {
        long position = StoreHeader.Length;
        while (true)
        {
            Assert.That(FrameHeader.TryDecode(file.AsSpan((int)position), out FrameHeader header), Is.True);
            if (position + header.Length == file.Length)
                return (position, header);
            position += header.Length;
        }
    }

    // The sectors that begin in the erasable part, with at least 8 bytes of it.
    private static IEnumerable<int> SectorsOf(long from, long to)
    {
        for (long sector = (from + Sector - 1) / Sector * Sector; sector + 8 <= to; sector += Sector)
            yield return (int)sector;
    }
}
