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

    private static int Mutations => Soak.Scaled("SECRETS_SOAK_MUTATIONS", 8000);

    [Test]
    public async Task Random_mutations_are_never_accepted_as_something_else()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        byte[] file = disk.BytesOf(SimulatedStore.Path);
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
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
                Assert.That(length <= file.Length && mutated.AsSpan(0, length).SequenceEqual(file.AsSpan(0, length)), Is.True, $"Accepted as something else: {where}");
            }

            for (int i = 0; i < Chunk / OpenedFromTheStart; i++)
                await AssertOpensAsPrefixOrNotAtAllAsync(file, Mutator.Mutate(random, file), $"mutation {i} from the start of seed {seed + chunk}");
        });
        await TestContext.Out.WriteLineAsync(
            $"{tried} mutations and {(long)Mutations / OpenedFromTheStart} opened from the start; {earlier} of them an earlier state, which the anchor is for");
        Assert.That(tried, Is.GreaterThan(Mutations / 2));
    }

    // Up to where the file is taken; null if it is rejected.
    private static int? AcceptedLength(byte[] file, KeyHierarchy keys)
    {
        try
        {
            EncryptedFileOptions options = SimulatedStore.Options(new FileImage(file), new SimulatedStore.ForgetfulAnchor());
            OpenedLog opened = new LogOpener(options, new AnchorReader(options, options.Anchor!)).Reopen(keys, writable: false, known: null);
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
}
