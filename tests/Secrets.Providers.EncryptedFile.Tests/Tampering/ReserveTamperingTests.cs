using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>
/// What somebody without the key, or a bad medium, can do to a file with space reserved at its end. The reserve holds nothing, so what is put there
/// is cut off or refused, never taken for a commit; and the commits before it are as well protected as without.
/// </summary>
internal sealed class ReserveTamperingTests
{
    private const int Sector = 512;
    private byte[] _file = null!;
    private int _start;
    private int _end;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "one"), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("api"), "two"), default);
        _start = (int)store.CurrentState.End;
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "three"), default);
        _end = (int)store.CurrentState.End;
        _file = disk.BytesOf(SimulatedStore.Path);
        Assert.That(_file.Length, Is.GreaterThan(_end + Sector));
    }

    [Test]
    public async Task Every_single_bit_flip_of_the_last_commit_is_rejected()
    {
        for (int bit = _start * 8; bit < _end * 8; bit++)
            await AssertRejectedAsync(Flipped(bit), $"bit {bit % 8} of byte {bit / 8}");
    }

    [Test]
    public async Task A_flipped_bit_in_the_reserve_loses_nothing()
    {
        for (int bit = _end * 8; bit < (_end + Sector + 64) * 8; bit += bit < (_end + 64) * 8 ? 1 : 5)
            await AssertNothingLostAsync(Flipped(bit), $"bit {bit % 8} of byte {bit / 8 - _end} of the reserve");
        for (int bit = (_end + Sector + 64) * 8; bit < _file.Length * 8; bit += 61)
            await AssertNothingLostAsync(Flipped(bit), $"bit {bit % 8} of byte {bit / 8 - _end} of the reserve");
    }

    [Test]
    public async Task Commits_replayed_in_the_reserve_are_no_commits()
    {
        List<byte[]> frames = Frames(_file);
        Assert.That(frames, Has.Count.EqualTo(4));
        byte[][] others = [.. Frames((await SimulatedStore.SmallAsync()).BytesOf(SimulatedStore.Path))];
        foreach (int behind in new[] { 0, 8, 16, 48, 200, Sector - (_end % Sector), 1024 })
        {
            for (int i = 0; i < frames.Count; i++)
            {
                await AssertRejectedOrNothingLostAsync(With(frames[i], behind), $"frame {i} replayed {behind} behind the end");
                await AssertRejectedOrNothingLostAsync(With(others[i], behind), $"frame {i} of another store {behind} behind the end");
            }
        }

        await AssertRejectedAsync(With(frames[3], 0), "the last commit twice");
    }

    [Test]
    public async Task A_commit_behind_a_gap_is_damage_and_not_a_torn_tail()
    {
        // The last commit is missing, and one that followed it, or the commit itself further behind, shows that it was there.
        byte[] next = await NextFrameAsync();
        byte[] last = _file[_start.._end];
        foreach (int gap in new[] { 8, 64, Sector, 2048 })
        {
            byte[] displaced = [.. _file[.._start], .. new byte[gap], .. last, .. new byte[4096]];
            await AssertRejectedAsync(displaced, $"the last commit {gap} further behind");
            byte[] followed = [.. _file[.._end], .. new byte[gap], .. next, .. new byte[4096]];
            await AssertRejectedAsync(followed, $"the next commit {gap} behind the last");
        }

        // One that is cut short is the last there was: whatever stands behind it says that it was whole once.
        byte[] torn = [.. _file[..(_end - 100)], .. new byte[100]];
        await AssertRejectedAsync([.. torn, .. next, .. new byte[4096]], "a commit without its end, and the next one");
        await AssertRejectedAsync([.. torn, .. new byte[Sector], 1, .. new byte[4096]], "a commit without its end, and something behind");

        byte[] missing = [.. _file[.._start], .. new byte[_end - _start], .. next, .. new byte[4096]];
        await AssertRejectedAsync(missing, "the last but one is zeros");
    }

    [Test]
    public async Task A_last_commit_that_is_all_zeros_is_a_truncation()
    {
        byte[] zeroed = [.. _file];
        zeroed.AsSpan(_start.._end).Clear();
        SimulatedDisk disk = DiskOf(zeroed);
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        Assert.That(store.CurrentState.End, Is.EqualTo(_start));
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("one"));
    }

    private async Task<byte[]> NextFrameAsync()
    {
        SimulatedDisk disk = DiskOf(_file);
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        return disk.BytesOf(SimulatedStore.Path)[_end..(int)store.CurrentState.End];
    }

    private byte[] Flipped(int bit)
    {
        byte[] flipped = [.. _file];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private byte[] With(byte[] frame, int behind) => [.. _file[..(_end + behind)], .. frame, .. new byte[4096]];

    private List<byte[]> Frames(byte[] file)
    {
        List<byte[]> frames = [];
        for (int position = StoreHeader.Length; FrameHeader.TryDecode(file.AsSpan(position), out FrameHeader header); position += header.Length)
            frames.Add(file[position..(position + header.Length)]);
        return frames;
    }

    private static SimulatedDisk DiskOf(byte[] file)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        disk.Overwrite(SimulatedStore.Path, file);
        return disk;
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk) =>
        EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));

    private async Task AssertRejectedAsync(byte[] file, string what)
    {
        try
        {
            await using EncryptedFileSecretStore opened = await OpenAsync(DiskOf(file));
            Assert.Fail($"Accepted: {what}");
        }
        catch (SecretException refused)
        {
            Assert.That(refused.Code, Is.AnyOf(SecretErrorCode.Corrupted, SecretErrorCode.Unauthenticated), what);
        }
    }

    private async Task AssertRejectedOrNothingLostAsync(byte[] file, string what)
    {
        try
        {
            await AssertNothingLostAsync(file, what);
        }
        catch (SecretException refused)
        {
            Assert.That(refused.Code, Is.EqualTo(SecretErrorCode.Corrupted), what);
        }
    }

    private async Task AssertNothingLostAsync(byte[] file, string what)
    {
        SimulatedDisk disk = DiskOf(file);
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        byte[] left = disk.BytesOf(SimulatedStore.Path);
        Assert.That(store.CurrentState.End, Is.EqualTo(_end), what);
        Assert.That(left.AsSpan(0, _end).SequenceEqual(_file.AsSpan(0, _end)) && !left.AsSpan(_end).ContainsAnyExcept((byte)0), Is.True, what);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("three"), what);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, what);
    }
}
