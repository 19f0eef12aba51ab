namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>A power failure in the commit that begins a new epoch: the epoch is cut off with its commit, and nothing is sealed under it.</summary>
internal sealed class HalfWrittenRotationTests
{
    private const int Sector = 512;

    [Test]
    public async Task The_epoch_of_a_commit_that_is_cut_off_is_not_in_force()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        byte[] before = [], whole = [];
        await using (EncryptedFileSecretStore store = await OpenAsync(disk))
        {
            for (int i = 0; i < 12; i++)
                await store.Slots.AddAsync(SimulatedStore.SecondMethod);
            before = disk.BytesOf(SimulatedStore.Path);
            disk.OnCall = call =>
            {
                if (call == "after-sync" && whole.Length == 0)
                    whole = disk.BytesOf(SimulatedStore.Path);
            };
            await store.Maintenance.RotateKeyAsync();
            disk.OnCall = null;
        }

        // Written up to its padding, with all of its keys.
        await AssertUsableAsync([.. before, .. whole.AsSpan(before.Length)[..^1], 0], before.Length, "without its last byte");
        for (int sector = (before.Length + Sector - 1) / Sector * Sector; sector < whole.Length; sector += Sector)
        {
            byte[] torn = [.. before, .. whole.AsSpan(before.Length)];
            torn.AsSpan(sector, Math.Min(Sector, torn.Length - sector)).Clear();
            await AssertUsableAsync(torn, before.Length, $"sector at {sector} of {torn.Length}");
        }
    }

    private static async Task AssertUsableAsync(byte[] torn, int before, string where)
    {
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, torn);
        await using (EncryptedFileSecretStore store = await OpenAsync(disk))
        {
            Assert.That(disk.BytesOf(SimulatedStore.Path), Has.Length.EqualTo(before), where);
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        }

        await using EncryptedFileSecretStore again = await OpenAsync(disk);
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("four"), where);
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        options.ReserveFromBytes = int.MaxValue;
        return EncryptedFileSecretStore.OpenAsync(options);
    }
}
