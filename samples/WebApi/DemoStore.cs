namespace Secrets.Samples.WebApi;

/// <summary>A store with made-up secrets in a temporary directory, so that the sample runs with nothing prepared.</summary>
internal sealed class DemoStore : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("secrets-webapi-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "app.secrets");

    public static async Task<DemoStore> CreateAsync()
    {
        DemoStore store = new();
        await using SecretsClient client = SecretsClient.Create(secrets => store.Open(secrets));
        await client.CreateSecretAsync("db", new() { ["user"] = "orders", ["password"] = "made-up password; 1", ["port"] = "15432" }, new() { Scope = SecretScope.Project("orders") });
        await client.CreateSecretAsync("mail", new() { ["api_key"] = "not-a-real-mail-key" });
        return store;
    }

    public ISecretsBuilder Open(ISecretsBuilder secrets) => secrets.UseEncryptedFile(Path, options =>
    {
        options.CreateIfMissing = true;
        options.Unlock.Add(UnlockMethod.KeyFile(Path + ".key"));
        options.Anchor = new FileRollbackAnchor(_directory.FullName);
    });

    public void Dispose() => _directory.Delete(recursive: true);
}
