namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>A store on a simulated disk: opens in well under a millisecond, so that a test can open it tens of thousands of times.</summary>
internal static class SimulatedStore
{
    internal const string Path = "/disk/app.secrets";

    internal static EncryptedFileOptions Options(IFileOperations files, IRollbackAnchor? anchor = null)
    {
        EncryptedFileOptions options = new(Path)
        {
            Files = files,
            Anchor = anchor ?? new FileRollbackAnchor("/disk/anchors", files),
            MaxVersions = 3,
            PollInterval = TimeSpan.FromMinutes(1),
        };
        options.Unlock.Add(UnlockMethod.External(new TestProtector()));
        if (files is SimulatedDisk { ReservesAtOnce: true })
            options.ReserveFromBytes = 1;
        return options;
    }

    internal static UnlockMethod SecondMethod => UnlockMethod.External(new TestProtector("test-kms/key-2", 0xC3));

    /// <summary>A small store: two secrets, one with two versions. No anchor speaks for it.</summary>
    internal static async Task<SimulatedDisk> SmallAsync()
    {
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options(disk, new ForgetfulAnchor()));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "one"), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("api"), "two"), default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "three"), default);
        return disk;
    }

    /// <summary>Remembers nothing, so that what is detected is detected by the file alone.</summary>
    internal sealed class ForgetfulAnchor : IRollbackAnchor
    {
        public ReadOnlyMemory<byte>? Read(Guid storeId) => null;

        public void Write(Guid storeId, ReadOnlySpan<byte> anchor)
        {
        }
    }
}
