using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>A version that went because newer ones came: its share is overwritten then, at no further sync, so that whoever has the key cannot open it.</summary>
internal sealed class PrunedVersionTests
{
    private SimulatedDisk _disk = null!;
    private EncryptedFileSecretStore _store = null!;
    private long _first;
    private long _second;

    [SetUp]
    public async Task SetUp()
    {
        _disk = new SimulatedDisk();
        _store = await EncryptedFileSecretStore.CreateAsync(Options(_disk));
        for (int i = 1; i <= 3; i++)
            await WriteAsync(_store, $"{i}");
        VersionEntry[] versions = _store.CurrentState.Index.Live(StoreBench.Db)!.Versions;
        (_first, _second) = (versions[0].SharePosition, versions[1].SharePosition);
        Assert.That(IsErased(_disk, _first), Is.False);
    }

    [TearDown]
    public async Task TearDown()
    {
        _disk.OnCall = null;
        await _store.DisposeAsync();
    }

    [Test]
    public async Task Its_share_is_overwritten_with_the_commit_that_prunes_it_and_costs_no_sync()
    {
        int syncs = 0;
        _disk.OnCall = call => syncs += call == "before-sync" ? 1 : 0;
        await WriteAsync(_store, "4");
        Assert.That(syncs, Is.EqualTo(1));
        Assert.That(IsErased(_disk, _first), Is.True);
        Assert.That(IsErased(_disk, _second), Is.False);
        await WriteAsync(_store, "5");
        Assert.That(IsErased(_disk, _second), Is.True);
        Assert.That(await StoreBench.ReadAsync(_store, StoreBench.Db, new SecretVersion("1")), Is.Null);
        Assert.That(await StoreBench.ReadAsync(_store, StoreBench.Db, new SecretVersion("3")), Is.EqualTo("3"));
        Assert.That((await _store.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task The_next_commit_makes_that_durable()
    {
        await WriteAsync(_store, "4");
        await _store.WriteAsync(StoreBench.Write(SecretAddress.Public("other"), "x"), default);
        Assert.That(IsErased(_disk.Fail(null), _first), Is.True);
    }

    [Test]
    public async Task Closing_makes_that_durable()
    {
        await WriteAsync(_store, "4");
        Assert.That(IsErased(_disk.Fail(null), _first), Is.False, "Nothing has synced it yet.");
        await _store.DisposeAsync();
        Assert.That(IsErased(_disk.Fail(null), _first), Is.True);
    }

    [Test]
    public async Task Opening_repeats_what_a_power_failure_undid()
    {
        await WriteAsync(_store, "4");
        SimulatedDisk after = _disk.Fail(null);
        Assert.That(IsErased(after, _first), Is.False);
        await using EncryptedFileSecretStore again = await EncryptedFileSecretStore.OpenAsync(Options(after));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("4"));
        Assert.That(IsErased(after.Fail(null), _first), Is.True);
    }

    [Test]
    public async Task An_overwriting_that_fails_is_told_once_and_repeated_and_the_commit_stands()
    {
        List<SecretException> warnings = [];
        EncryptedFileOptions options = Options(_disk);
        options.OnWarning = warnings.Add;
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        int writes = 0;
        // The commit itself is the first write of each.
        _disk.OnCall = call =>
        {
            if (call == "before-write" && ++writes % 2 == 0)
                throw new IOException("Input/output error", 5);
        };
        await WriteAsync(store, "4");
        await WriteAsync(store, "5");
        Assert.That(warnings.Select(warning => warning.Reason), Is.EqualTo(new[] { "io-error" }));
        Assert.That(IsErased(_disk, _first), Is.False);
        _disk.OnCall = null;
        await WriteAsync(store, "6");
        Assert.That(IsErased(_disk, _first) && IsErased(_disk, _second), Is.True);
        Assert.That(await StoreBench.ReadAsync(_store, StoreBench.Db), Is.EqualTo("6"));
    }

    [Test]
    public async Task The_values_that_a_move_or_a_second_deletion_replaces_for_good_go_the_same_way()
    {
        SecretAddress from = SecretAddress.Public("from");
        await _store.WriteAsync(StoreBench.Write(from, "moved away"), default);
        long moved = _store.CurrentState.Index.Live(from)!.Versions[0].SharePosition;
        await _store.WriteAsync(StoreBench.Write(StoreBench.Db, "moved here") with { MoveFrom = from }, default);
        Assert.That(IsErased(_disk, moved), Is.True);

        await _store.DeleteAsync(new SecretDelete(StoreBench.Db), default);
        await _store.WriteAsync(StoreBench.Write(StoreBench.Db, "again"), default);
        Assert.That(IsErased(_disk, _second), Is.False, "It can be recovered.");
        await _store.DeleteAsync(new SecretDelete(StoreBench.Db), default);
        Assert.That(IsErased(_disk, _second), Is.True);
        Assert.That((await _store.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    private static EncryptedFileOptions Options(SimulatedDisk disk) => SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());

    private static async Task WriteAsync(EncryptedFileSecretStore store, string value) => await store.WriteAsync(StoreBench.Write(StoreBench.Db, value), default);

    private static bool IsErased(SimulatedDisk disk, long share) =>
        !disk.BytesOf(SimulatedStore.Path).AsSpan((int)share, PutBody.ShareLength).ContainsAnyExcept((byte)0);
}
