namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>
/// A last commit that a crash or a power failure cut short in space that was reserved: what is missing of it reads as zeros, and zeros follow. It is
/// cut off, whatever is missing, and the commits before it stand.
/// </summary>
internal sealed class ReservedTailTests
{
    private const int Sector = 512;

    // A header is 48 bytes: it begins on a sector, ends on one, or lies across two.
    [Test]
    public async Task Of_a_last_commit_any_sectors_may_be_missing([Values(0, 8, 256, 456, 464, 472, 496, 504)] int at)
    {
        (byte[] whole, int start, int end) = await OnePutAsync(at);
        int[] pieces = [start, .. Enumerable.Range(0, whole.Length).Where(position => position % Sector == 0 && position > start && position < end)];
        Assert.That(pieces, Has.Length.EqualTo(3).Or.Length.EqualTo(4));
        for (int missing = 1; missing < 1 << pieces.Length; missing++)
        {
            byte[] torn = [.. whole];
            for (int i = 0; i < pieces.Length; i++)
            {
                if ((missing & (1 << i)) != 0)
                    torn.AsSpan(pieces[i]..(i + 1 < pieces.Length ? pieces[i + 1] : end)).Clear();
            }

            await AssertCutAsync(torn, start, $"at {at}, sectors {missing:b} missing");
        }
    }

    [Test]
    public async Task A_last_commit_may_be_cut_short_at_any_byte([Values(0, 472, 504)] int at)
    {
        (byte[] whole, int start, int end) = await OnePutAsync(at);
        for (int cut = start; cut < end; cut++)
            await AssertCutAsync(Without(whole, cut, end), start, $"at {at}, cut at byte {cut - start} of {end - start}");
    }

    [Test]
    public async Task A_commit_of_many_may_be_cut_short_or_lack_a_sector()
    {
        SimulatedDisk disk = await NewAsync();
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        await Together.WriteAsync(disk, store, 40);
        byte[] whole = disk.BytesOf(SimulatedStore.Path);
        (int start, int end) = LastFrame(whole, store);
        Assert.That(end - start, Is.GreaterThan(20 * Sector));
        for (int cut = start; cut < end; cut += 97)
            await AssertCutAsync(Without(whole, cut, end), start, $"cut at byte {cut - start} of {end - start}");
        for (int sector = start / Sector * Sector; sector < end; sector += Sector)
        {
            byte[] torn = [.. whole];
            torn.AsSpan(Math.Max(start, sector)..Math.Min(end, sector + Sector)).Clear();
            await AssertCutAsync(torn, start, $"sector at {sector - start} of {end - start}");
        }
    }

    [Test]
    public async Task A_new_slot_may_be_cut_short_at_any_byte_and_the_slots_before_are_in_force()
    {
        SimulatedDisk disk = await NewAsync();
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        byte[] before = disk.BytesOf(SimulatedStore.Path);
        int start = (int)store.CurrentState.End;
        await store.Slots.AddAsync(SimulatedStore.SecondMethod);
        int end = (int)store.CurrentState.End;
        // The slots before are overwritten only when the commit is synced.
        byte[] whole = [.. before[..start], .. disk.BytesOf(SimulatedStore.Path)[start..]];
        for (int cut = start; cut < end; cut++)
            await AssertCutAsync(Without(whole, cut, end), start, $"cut at byte {cut - start} of {end - start}");
    }

    private static byte[] Without(byte[] whole, int from, int end)
    {
        byte[] torn = [.. whole];
        torn.AsSpan(from..end).Clear();
        return torn;
    }

    // The last commit, of three sectors or four, begins so far behind the start of a sector.
    private static async Task<(byte[] Whole, int Start, int End)> OnePutAsync(int at)
    {
        SimulatedDisk disk = await NewAsync();
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        long before = store.CurrentState.End;
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("f1"), "x"), default);
        int smallest = (int)(store.CurrentState.End - before);
        int more = (int)((at - (store.CurrentState.End + smallest)) % Sector);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("f2"), new string('x', 1 + ((more + Sector) % Sector))), default);
        Assert.That(store.CurrentState.End % Sector, Is.EqualTo(at));
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("last"), new string('y', 900)), default);
        byte[] whole = disk.BytesOf(SimulatedStore.Path);
        (int start, int end) = LastFrame(whole, store);
        Assert.That(start % Sector, Is.EqualTo(at));
        return (whole, start, end);
    }

    private static (int Start, int End) LastFrame(byte[] file, EncryptedFileSecretStore store)
    {
        int end = (int)store.CurrentState.End;
        Assert.That(file.Length, Is.GreaterThanOrEqualTo(end + Sector), "There is a reserve.");
        Assert.That(file.AsSpan(end).ContainsAnyExcept((byte)0), Is.False);
        int position = StoreHeader.Length;
        while (true)
        {
            Assert.That(FrameHeader.TryDecode(file.AsSpan(position), out FrameHeader header), Is.True);
            if (position + header.Length == end)
                return (position, end);
            position += header.Length;
        }
    }

    private static async Task AssertCutAsync(byte[] torn, int start, string where)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        disk.Overwrite(SimulatedStore.Path, torn);
        await using EncryptedFileSecretStore store = await OpenAsync(disk);
        byte[] left = disk.BytesOf(SimulatedStore.Path);
        Assert.That(store.CurrentState.End, Is.EqualTo(start), where);
        Assert.That(left.AsSpan(0, start).SequenceEqual(torn.AsSpan(0, start)) && !left.AsSpan(start).ContainsAnyExcept((byte)0), Is.True, where);
        await using EncryptedFileSecretStore other = await OpenAsync(disk);
        Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo("three"), where);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo("four"), where);
        Assert.That((await other.Maintenance.VerifyAsync()).IsSound, Is.True, where);
    }

    private static async Task<SimulatedDisk> NewAsync()
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        disk.Overwrite(SimulatedStore.Path, (await SimulatedStore.SmallAsync()).BytesOf(SimulatedStore.Path));
        return disk;
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        options.LockTimeout = TimeSpan.FromMinutes(2);
        return EncryptedFileSecretStore.OpenAsync(options);
    }
}
