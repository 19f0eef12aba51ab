using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>Writes that wait while a commit is under way go into the next one together, whatever their number: its sync is theirs.</summary>
internal sealed class GroupCommitTests
{
    [Test]
    public async Task Sixty_four_writers_that_wait_share_one_sync([Values] bool reserves)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = reserves };
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        options.LockTimeout = TimeSpan.FromMinutes(2);
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        ulong before = store.CurrentState.Sequence;
        int syncs = 0;
        await Together.WriteAsync(disk, store, 64, call => syncs += call == "before-sync" ? 1 : 0);
        // The first one is alone: the others came while it waited for the lock.
        Assert.That(syncs, Is.EqualTo(2));
        Assert.That(store.CurrentState.Sequence - before, Is.EqualTo(2));
        for (int i = 0; i < 64; i++)
            Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public($"s{i}")), Is.EqualTo("many"));
    }

    [Test]
    public async Task Writers_of_one_secret_take_a_commit_each()
    {
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        int syncs = 0;
        disk.OnCall = call => syncs += call == "before-sync" ? 1 : 0;
        SecretProperties[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default).AsTask()));
        disk.OnCall = null;
        Assert.That(syncs, Is.EqualTo(8));
        Assert.That(written.Select(properties => properties.Version.Value).Distinct().Count(), Is.EqualTo(8));
    }
}
