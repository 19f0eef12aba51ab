using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>A file that another process changes between any two reads of the one that is looking at it.</summary>
internal sealed class ChangingFileTests
{
    private byte[] _file = null!;
    private int _start;
    private int _end;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "one"), default);
        _start = (int)store.CurrentState.End;
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("big"), new string('x', 100_000)), default);
        _end = (int)store.CurrentState.End;
        _file = disk.BytesOf(SimulatedStore.Path);
        Assert.That(_file.Length, Is.GreaterThan(_end + 4096));
    }

    [Test]
    public async Task A_reserve_or_a_torn_tail_that_is_cut_between_any_two_reads_is_no_error_for_who_opens([Values] bool readOnly, [Values] Tail tail)
    {
        for (int cutAt = 1; ; cutAt++)
        {
            int calls = 0;
            SimulatedDisk disk = DiskWith(tail);
            disk.OnCall = call =>
            {
                if (readOnly && call == "before-open-writable")
                    throw new IOException("Read-only file system", 30);
                if (call is "before-read" or "before-length" && ++calls == cutAt)
                    disk.Cut(SimulatedStore.Path, EndOf(tail));
            };
            await using EncryptedFileSecretStore store = await OpenAsync(disk);
            Assert.That(store.CurrentState.End, Is.EqualTo(EndOf(tail)), $"cut at {cutAt}");
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("one"), $"cut at {cutAt}");
            Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, $"cut at {cutAt}");
            if (calls < cutAt)
                return;
        }
    }

    [Test]
    public async Task A_reserve_or_a_torn_tail_that_is_cut_between_any_two_reads_is_no_error_for_who_follows([Values] Tail tail)
    {
        for (int cutAt = 1; ; cutAt++)
        {
            SimulatedDisk disk = new() { ReservesAtOnce = true };
            disk.Overwrite(SimulatedStore.Path, [.. _file[.._start], .. new byte[4096]]);
            await using EncryptedFileSecretStore store = await OpenAsync(disk);
            // Another process writes, and dies or goes; the next one cuts.
            disk.Cut(SimulatedStore.Path, _start);
            disk.Append(SimulatedStore.Path, WithTail(tail)[_start..]);
            int calls = 0;
            disk.OnCall = call =>
            {
                if (call is "before-read" or "before-length" && ++calls == cutAt)
                    disk.Cut(SimulatedStore.Path, EndOf(tail));
            };
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("one"), $"cut at {cutAt}");
            Assert.That(store.CurrentState.End, Is.EqualTo(EndOf(tail)), $"cut at {cutAt}");
            if (calls < cutAt)
                return;
        }
    }

    // What a reader may see of a write that goes on beside it: a page of before and one of after.
    [Test]
    public async Task A_commit_that_is_written_while_who_reads_only_opens_or_verifies_is_no_damage([Values] bool opens)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        byte[] mixed = [.. _file];
        mixed.AsSpan(_start + 5000, 300).Clear();
        bool isWritten = false;
        disk.Overwrite(SimulatedStore.Path, opens ? mixed : [.. _file[.._start], .. new byte[4096]]);
        disk.OnCall = call =>
        {
            if (call == "before-open-writable")
                throw new IOException("Read-only file system", 30);
        };
        EncryptedFileSecretStore store = null!;
        if (!opens)
        {
            store = await OpenAsync(disk);
            disk.Change(SimulatedStore.Path, mixed);
        }

        int reads = 0;
        Action<string> refuses = disk.OnCall;
        disk.OnCall = call =>
        {
            refuses(call);
            // The header, what the key sets are in, all of it.
            if (call == "after-read" && ++reads == (opens ? 3 : 2))
            {
                isWritten = true;
                disk.Change(SimulatedStore.Path, _file);
            }
        };
        if (opens)
            store = await OpenAsync(disk);
        else
            Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
        Assert.That(isWritten, Is.True);
        disk.OnCall = null;
        Assert.That((await StoreBench.ReadAsync(store, SecretAddress.Public("big")))!.Length, Is.EqualTo(100_000));
        await store.DisposeAsync();
    }

    internal enum Tail
    {
        Reserve,
        TornWithoutItsEnd,
        TornWithoutItsHeader,
    }

    private SimulatedDisk DiskWith(Tail tail)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        disk.Overwrite(SimulatedStore.Path, WithTail(tail));
        return disk;
    }

    private byte[] WithTail(Tail tail)
    {
        byte[] bytes = [.. _file];
        if (tail == Tail.TornWithoutItsEnd)
            bytes.AsSpan((_end - 20_000).._end).Clear();
        if (tail == Tail.TornWithoutItsHeader)
            bytes.AsSpan(_start..(_start + 1024)).Clear();
        return bytes;
    }

    private int EndOf(Tail tail) => tail == Tail.Reserve ? _end : _start;

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk) =>
        EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
}
