using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>The encrypted file: what it writes to disk, and what it says when it cannot.</summary>
public static class EncryptedFilePaths
{
    [LeakPath]
    public static async Task What_is_on_disk(LeakProbe probe)
    {
        string path = probe.Files["app.secrets"];
        SecretAddress db = SecretAddress.Public("db");
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options(probe, path)))
        {
            probe.See(store);
            for (int i = 0; i < 5; i++)
                probe.See(await store.WriteAsync(Write(db, probe), default));
            probe.See(await store.ReadAsync([new SecretRead(db)], default));
            await store.DeleteAsync(new SecretDelete(db), default);
            await store.WriteAsync(Write(SecretAddress.Private(SecretScope.Team, "ada", "db"), probe), default);
        }

        await using EncryptedFileSecretStore again = await EncryptedFileSecretStore.OpenAsync(Options(probe, path));
        probe.See(await again.ListAsync(new SecretListing { AllOwners = true, IncludeDeleted = true }, default));
    }

    [LeakPath]
    public static async Task What_it_says_when_it_cannot_open(LeakProbe probe)
    {
        string path = probe.Files["app.secrets"];
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options(probe, path)))
            await store.WriteAsync(Write(SecretAddress.Public("db"), probe), default);

        EncryptedFileOptions wrong = new(path) { Anchor = new FileRollbackAnchor(probe.Files["anchors"]) };
        wrong.Unlock.Add(UnlockMethod.Passphrase(SecretValue.FromString(probe.Canary())));
        await probe.FailsAsync(async () => await EncryptedFileSecretStore.OpenAsync(wrong));

        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        await probe.FailsAsync(async () => await EncryptedFileSecretStore.OpenAsync(Options(probe, path)));
        await File.WriteAllTextAsync(path, "not a store");
        await probe.FailsAsync(async () => await EncryptedFileSecretStore.OpenAsync(Options(probe, path)));
    }

    [LeakPath]
    public static async Task A_passphrase(LeakProbe probe)
    {
        string path = probe.Files["app.secrets"];
        EncryptedFileOptions options = new(path) { Anchor = new FileRollbackAnchor(probe.Files["anchors"]) };
        UnlockMethod passphrase = UnlockMethod.Passphrase(SecretValue.FromString(probe.Canary()));
        probe.See(passphrase);
        options.Unlock.Add(passphrase);
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        await store.WriteAsync(Write(SecretAddress.Public("db"), probe), default);
        probe.See(store);
    }

    private static EncryptedFileOptions Options(LeakProbe probe, string path)
    {
        EncryptedFileOptions options = new(path) { Anchor = new FileRollbackAnchor(probe.Files["anchors"]), OnWarning = warning => probe.See(warning) };
        options.Unlock.Add(UnlockMethod.KeyFile(probe.Files["app.key"]));
        return options;
    }

    private static SecretWrite Write(SecretAddress address, LeakProbe probe) => new(
        new SecretProperties(address, default) { Description = "a database" },
        new SecretValues { ["user"] = probe.Canary(), ["password"] = probe.PlainCanary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()) });
}
