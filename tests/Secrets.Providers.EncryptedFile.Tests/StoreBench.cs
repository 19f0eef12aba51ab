using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>One store in a directory of its own, with its key, its anchor, and ways to open it again.</summary>
internal sealed class StoreBench : IDisposable
{
    internal static readonly SecretAddress Db = SecretAddress.Public("db");

    internal StoreBench() => Anchor = new FileRollbackAnchor(Directory["anchors"]);

    internal TemporaryDirectory Directory { get; } = new();

    internal string Path => Directory["app.secrets"];

    internal string KeyPath => Directory["app.key"];

    internal string AnchorDirectory => Directory["anchors"];

    internal FileRollbackAnchor Anchor { get; set; }

    internal List<SecretException> Warnings { get; } = [];

    public void Dispose()
    {
        Anchor.Dispose();
        Directory.Dispose();
    }

    internal EncryptedFileOptions Options(Action<EncryptedFileOptions>? configure = null)
    {
        EncryptedFileOptions options = new(Path) { Anchor = Anchor, OnWarning = Warnings.Add };
        configure?.Invoke(options);
        if (options.Unlock.Count == 0)
            options.Unlock.Add(UnlockMethod.KeyFile(KeyPath));
        return options;
    }

    internal ValueTask<EncryptedFileSecretStore> CreateAsync(Action<EncryptedFileOptions>? configure = null) =>
        EncryptedFileSecretStore.CreateAsync(Options(configure));

    internal ValueTask<EncryptedFileSecretStore> OpenAsync(Action<EncryptedFileOptions>? configure = null) =>
        EncryptedFileSecretStore.OpenAsync(Options(configure));

    internal static SecretWrite Write(SecretAddress address, string value, SecretCondition condition = default) =>
        new(new SecretProperties(address, default), new SecretValues { ["value"] = value }, condition);

    internal static async Task<string?> ReadAsync(EncryptedFileSecretStore store, SecretAddress address, SecretVersion? version = null)
    {
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new SecretRead(address, version)], default);
        return results[0] switch
        {
            { Status: SecretReadStatus.Found } found => found.Secret!["value"].RevealString(),
            { Status: SecretReadStatus.NotFound } => null,
            { Error: { } error } => throw error,
            { } other => throw new AssertionException($"Unexpected {other.Status}"),
        };
    }
}
