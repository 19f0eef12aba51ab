using Secrets.Providers.EncryptedFile.Tests.Crashes;
using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>
/// Random changes of a file, with no anchor to help: each is rejected, or leaves an earlier state of the same store with nothing changed,
/// which is what a truncation gives and what the anchor detects.
/// </summary>
internal sealed class MutationTests
{
    private const int Chunk = 1000;

    // Opening from the first byte is unlocking, and then what a store does that knows its keys and meets a file. Whatever unlocking makes of a
    // changed file, the true keys or none, the second half must reject it by itself; so most go to that half, and each so many-th to both.
    private const int OpenedFromTheStart = 16;

    // Of each kind of file as many.
    private static int Mutations => Soak.Scaled("SECRETS_SOAK_MUTATIONS", 12_000) / Enum.GetValues<Kind>().Length;

    [Test]
    public async Task Random_mutations_are_never_accepted_as_something_else([Values] Kind kind)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = kind is Kind.Reserved or Kind.CompactedAndReserved };
        disk.Overwrite(SimulatedStore.Path, (await SimulatedStore.SmallAsync()).BytesOf(SimulatedStore.Path));
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        List<(long At, int Length)> erased = await PrepareAsync(store, kind);
        byte[] file = disk.BytesOf(SimulatedStore.Path);
        if (kind == Kind.Rotated)
            erased.Add(FirstSealedRoots(file));
        Assert.That(erased.TrueForAll(part => !file.AsSpan((int)part.At, part.Length).ContainsAnyExcept((byte)0)), Is.True);
        KeyHierarchy keys = store.CurrentState.Keys;
        int seed = Environment.TickCount;
        int tried = 0, earlier = 0;
        await Parallel.ForAsync(0, (Mutations + Chunk - 1) / Chunk, async (chunk, cancel) =>
        {
            Random random = new(seed + chunk);
            for (int i = 0; i < Chunk; i++)
            {
                byte[] mutated = Mutator.Mutate(random, file);
                if (mutated.AsSpan().SequenceEqual(file))
                    continue;
                string where = $"mutation {i} of seed {seed + chunk}";
                Interlocked.Increment(ref tried);
                if (AcceptedLength(mutated, keys) is not { } length)
                    continue;
                Interlocked.Increment(ref earlier);
                // What was shredded says nothing, whatever somebody puts there.
                foreach ((long at, int part) in erased.Where(part => part.At + part.Length <= mutated.Length))
                    mutated.AsSpan((int)at, part).Clear();
                Assert.That(length <= file.Length && mutated.AsSpan(0, length).SequenceEqual(file.AsSpan(0, length)), Is.True, $"Accepted as something else: {where}");
            }

            for (int i = 0; i < Chunk / OpenedFromTheStart; i++)
                await AssertOpensAsPrefixOrNotAtAllAsync(file, Mutator.Mutate(random, file), $"mutation {i} from the start of seed {seed + chunk}");
        });
        Soak.Report($"{kind} store: {tried:N0} mutations, and {Mutations / OpenedFromTheStart:N0} opened from the start: none accepted as something else; {earlier:N0} the same or an earlier state, which the anchor is for");
        Assert.That(tried, Is.GreaterThan(Mutations / 2));
    }

    // Where the shares are that were shredded.
    private static async Task<List<(long At, int Length)>> PrepareAsync(EncryptedFileSecretStore store, Kind kind)
    {
        if (kind is Kind.Compacted or Kind.CompactedAndReserved)
            await store.Maintenance.CompactAsync();
        if (kind == Kind.Rotated)
        {
            await store.Maintenance.RotateKeyAsync();
            await store.Slots.AddAsync(SimulatedStore.SecondMethod);
        }

        Assert.That(store.CurrentState.Header.Generation, Is.EqualTo(kind is Kind.Small or Kind.Reserved ? 0 : 1));
        if (kind == Kind.Small)
            return [];
        // Something behind the checkpoint, one version destroyed and one pruned, and space behind that where it is reserved.
        List<(long At, int Length)> erased = [.. store.CurrentState.Index.Live(StoreBench.Db)!.Versions.Select(version => (version.SharePosition, PutBody.ShareLength))];
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        await store.DeleteAsync(new SecretDelete(StoreBench.Db) { Version = new SecretVersion("2") }, default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "five"), default);
        return erased;
    }

    // A later key set is in force.
    private static (long At, int Length) FirstSealedRoots(byte[] file)
    {
        Assert.That(FrameHeader.TryDecode(file.AsSpan(StoreHeader.Length), out FrameHeader header), Is.True);
        return (StoreHeader.Length + header.ErasableOffset, KeySet.ErasableLengthOf(file.AsSpan(StoreHeader.Length + header.KeySetOffset, header.KeySetLength)));
    }

    // Up to where the file is taken; null if it is rejected.
    private static int? AcceptedLength(byte[] file, KeyHierarchy keys)
    {
        try
        {
            EncryptedFileOptions options = SimulatedStore.Options(new FileImage(file), new SimulatedStore.ForgetfulAnchor());
            OpenedLog opened = new LogOpener(options, options.Anchor!).Reopen(keys, writable: false, new ChainHead(0, []));
            return opened.Tail == TailState.Tampered ? null : (int)opened.State.End;
        }
        catch (SecretException)
        {
            return null;
        }
    }

    private static async Task AssertOpensAsPrefixOrNotAtAllAsync(byte[] file, byte[] mutated, string where)
    {
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, mutated);
        try
        {
            await using EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
            Assert.That(file.AsSpan().StartsWith(disk.BytesOf(SimulatedStore.Path).AsSpan().TrimEnd((byte)0)), Is.True, $"Accepted as something else: {where}");
        }
        catch (SecretException)
        {
            // Rejected.
        }
    }

    internal enum Kind
    {
        /// <summary>Four commits.</summary>
        Small,

        /// <summary>Commits with space reserved behind them.</summary>
        Reserved,

        /// <summary>A checkpoint and commits.</summary>
        Compacted,

        /// <summary>Both.</summary>
        CompactedAndReserved,

        /// <summary>A checkpoint of another key epoch, and a second slot.</summary>
        Rotated,
    }
}
