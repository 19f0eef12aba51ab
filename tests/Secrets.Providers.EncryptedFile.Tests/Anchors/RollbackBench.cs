namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>A store with three values of one secret, and copies of its file: one from after the first, one from after the last.</summary>
internal sealed class RollbackBench : IDisposable
{
    internal StoreBench Store { get; } = new();

    internal string OlderPath => Store.Directory["older"];

    internal string NewestPath => Store.Directory["newest"];

    public void Dispose() => Store.Dispose();

    /// <summary>Makes the store; its file is the newest.</summary>
    internal async Task MakeAsync()
    {
        await using (EncryptedFileSecretStore store = await Store.CreateAsync())
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "old"), default);
            File.Copy(Store.Path, OlderPath);
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "new"), default);
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "newer"), default);
        }

        File.Copy(Store.Path, NewestPath);
    }

    /// <summary>Makes the store, and puts the older file in its place.</summary>
    internal async Task RollBackAsync()
    {
        await MakeAsync();
        File.Copy(OlderPath, Store.Path, overwrite: true);
    }
}
