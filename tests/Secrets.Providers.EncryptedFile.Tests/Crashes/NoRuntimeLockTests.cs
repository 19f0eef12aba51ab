namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>
/// Processes in which .NET takes no file locks, which an environment variable tells it: the store's own locks are taken all the same.
/// </summary>
internal sealed class NoRuntimeLockTests
{
    private static readonly (string Name, string Value) WithoutLocks = ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1");

    [Test]
    public async Task Its_lock_keeps_others_out()
    {
        using StoreBench bench = new();
        await using EncryptedFileSecretStore impatient = await bench.CreateAsync(options => options.LockTimeout = TimeSpan.Zero);
        using ChildProcess owner = new([bench], "lock", "-", environment: WithoutLocks);
        await owner.SaidEnough;
        Assert.That(owner.Lines, Is.EqualTo(new[] { "held" }), owner.Errors);
        SecretException locked = Assert.ThrowsAsync<SecretException>(async () => await impatient.WriteAsync(StoreBench.Write(StoreBench.Db, "too early"), default))!;
        Assert.That(locked.Reason, Is.EqualTo("locked"));
        Assert.That(await TryLockAsync(bench), Is.EqualTo("locked"), "Two of them exclude each other.");
        await owner.KillAsync();
        Assert.That(await TryLockAsync(bench), Is.EqualTo("held"));
        await impatient.WriteAsync(StoreBench.Write(StoreBench.Db, "now"), default);
    }

    [Test]
    public async Task Others_locks_keep_it_out()
    {
        using StoreBench bench = new();
        await using EncryptedFileSecretStore store = await bench.CreateAsync();
        using (PhysicalFileOperations.Instance.TryOpenExclusive(bench.Path + ".lock"))
            Assert.That(await TryLockAsync(bench), Is.EqualTo("locked"));
        Assert.That(await TryLockAsync(bench), Is.EqualTo("held"));
    }

    [Test]
    public async Task A_compaction_of_its_own_is_not_swept_away()
    {
        using StoreBench bench = new();
        await (await bench.CreateAsync()).DisposeAsync();
        string compacting = bench.Path + ".compacting-00000000";
        using ChildProcess compactor = new([bench], "make", "app.secrets.compacting-00000000", environment: WithoutLocks);
        await compactor.SaidEnough;
        Assert.That(compactor.Lines, Is.EqualTo(new[] { "made" }), compactor.Errors);
        await (await bench.OpenAsync()).DisposeAsync();
        Assert.That(await TryLockAsync(bench), Is.EqualTo("held"), "It opens the store too, and sweeps.");
        Assert.That(File.Exists(compacting), Is.True);
        await compactor.KillAsync();
        await (await bench.OpenAsync()).DisposeAsync();
        Assert.That(File.Exists(compacting), Is.False, "It died, and what it left is swept.");
    }

    private static async Task<string> TryLockAsync(StoreBench bench)
    {
        using ChildProcess other = new([bench], "try-lock", "-", environment: WithoutLocks);
        Assert.That(await other.EndAsync(), Is.Zero, other.Errors);
        return other.Lines.Single();
    }
}
