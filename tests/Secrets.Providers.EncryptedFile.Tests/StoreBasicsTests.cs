namespace Secrets.Providers.EncryptedFile.Tests;

internal sealed class StoreBasicsTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task What_was_written_is_there_after_closing_and_opening_again()
    {
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
        {
            SecretProperties properties = new(SecretAddress.Private(SecretScope.Project("churn"), "ada", "db"), default)
            {
                Type = "s3",
                Description = "the database",
                Tags = new Dictionary<string, string> { ["team"] = "data" },
                ExpiresOn = new DateTimeOffset(2040, 5, 6, 7, 8, 9, TimeSpan.Zero),
            };
            await store.WriteAsync(new SecretWrite(properties, new SecretValues { ["user"] = "mlflow", ["password"] = SecretValue.FromBytes([0, 255, 1]), ["empty"] = "" }), default);
        }

        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        SecretReadResult result = (await again.ReadAsync([new SecretRead(SecretAddress.Private(SecretScope.Project("churn"), "ada", "db"))], default))[0];
        Secret secret = result.Secret!;
        Assert.Multiple(() =>
        {
            Assert.That(secret["user"].RevealString(), Is.EqualTo("mlflow"));
            Assert.That(secret["password"].RevealBytes(), Is.EqualTo(new byte[] { 0, 255, 1 }));
            Assert.That(secret["empty"].ByteCount, Is.Zero);
            Assert.That(secret.Keys, Is.EqualTo(new[] { "user", "password", "empty" }));
            Assert.That(secret.Properties.Type, Is.EqualTo("s3"));
            Assert.That(secret.Properties.Description, Is.EqualTo("the database"));
            Assert.That(secret.Properties.Tags["team"], Is.EqualTo("data"));
            Assert.That(secret.Properties.ExpiresOn, Is.EqualTo(new DateTimeOffset(2040, 5, 6, 7, 8, 9, TimeSpan.Zero)));
            Assert.That(secret.Version.Value, Is.EqualTo("1"));
        });
    }

    [Test]
    public async Task Sixty_four_concurrent_writers_each_get_their_write_back()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async writer =>
        {
            for (int i = 0; i < 10; i++)
                await store.WriteAsync(StoreBench.Write(SecretAddress.Public($"w{writer}-{i}"), $"value {writer} {i}"), default);
        }));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        for (int writer = 0; writer < 64; writer++)
            Assert.That(await StoreBench.ReadAsync(again, SecretAddress.Public($"w{writer}-9")), Is.EqualTo($"value {writer} 9"));
    }

    [Test]
    public async Task Another_open_store_sees_a_write_without_opening_again()
    {
        await using EncryptedFileSecretStore one = await _bench.CreateAsync();
        await using EncryptedFileSecretStore other = await _bench.OpenAsync();
        for (int i = 0; i < 5; i++)
        {
            await one.WriteAsync(StoreBench.Write(StoreBench.Db, $"one {i}"), default);
            Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo($"one {i}"));
            await other.WriteAsync(StoreBench.Write(StoreBench.Db, $"other {i}"), default);
            Assert.That(await StoreBench.ReadAsync(one, StoreBench.Db), Is.EqualTo($"other {i}"));
        }
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Names_and_values_are_not_in_the_file()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("canary-name"), "canary-value"), default);
        byte[] file = await File.ReadAllBytesAsync(_bench.Path);
        Assert.Multiple(() =>
        {
            Assert.That(file.AsSpan().IndexOf("canary-name"u8), Is.EqualTo(-1));
            Assert.That(file.AsSpan().IndexOf("canary-value"u8), Is.EqualTo(-1));
            Assert.That(File.GetUnixFileMode(_bench.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(File.GetUnixFileMode(_bench.KeyPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }
}
