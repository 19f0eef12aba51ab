using System.Text.Json;
using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>
/// The document, the vectors and the product say the same. The vectors were written once; SECRETS_UPDATE_VECTORS=1 writes new ones, which
/// only a new format version may need.
/// </summary>
internal sealed class FormatTests
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    // Obviously not a key that protects anything.
    private static readonly byte[] VectorKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Test]
    public async Task The_independent_decoder_reads_what_the_store_writes([Values] bool compacted)
    {
        using StoreBench bench = new();
        await using EncryptedFileSecretStore store = await CreateAsync(bench);
        await FillAsync(store);
        if (compacted)
        {
            await store.Maintenance.RotateKeyAsync();
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "after"), default);
        }

        List<DecodedSecret> decoded = IndependentDecoder.Decode(await File.ReadAllBytesAsync(bench.Path), VectorKey);
        await AssertSameAsync(store, decoded);
    }

    [TestCase("store-v1")]
    [TestCase("store-v1-compacted")]
    public async Task The_decoder_and_the_store_read_the_published_vectors(string name)
    {
        await WriteVectorIfAskedAsync(name);
        byte[] file = await File.ReadAllBytesAsync(VectorPath(name + ".secrets"));
        List<DecodedSecret> expected = JsonSerializer.Deserialize<List<DecodedSecret>>(await File.ReadAllTextAsync(VectorPath(name + ".json")))!;
        List<DecodedSecret> decoded = IndependentDecoder.Decode(file, VectorKey);
        Assert.That(JsonSerializer.Serialize(decoded, Json), Is.EqualTo(JsonSerializer.Serialize(expected, Json)));

        using StoreBench bench = new();
        await File.WriteAllBytesAsync(bench.Path, file);
        WriteKey(bench.KeyPath);
        await using EncryptedFileSecretStore store = await bench.OpenAsync();
        await AssertSameAsync(store, expected);
    }

    private static async Task WriteVectorIfAskedAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SECRETS_UPDATE_VECTORS") != "1")
            return;
        using StoreBench bench = new();
        await using (EncryptedFileSecretStore store = await CreateAsync(bench))
        {
            await FillAsync(store);
            if (name.EndsWith("compacted", StringComparison.Ordinal))
                await store.Maintenance.RotateKeyAsync();
        }

        byte[] file = await File.ReadAllBytesAsync(bench.Path);
        await File.WriteAllBytesAsync(VectorPath(name + ".secrets"), file);
        await File.WriteAllTextAsync(VectorPath(name + ".json"), JsonSerializer.Serialize(IndependentDecoder.Decode(file, VectorKey), Json) + "\n");
        await File.WriteAllTextAsync(VectorPath("store-v1.key"), KeyLine());
    }

    private static async Task<EncryptedFileSecretStore> CreateAsync(StoreBench bench)
    {
        WriteKey(bench.KeyPath);
        // A label that names no directory of the machine that the vectors were written on.
        Environment.SetEnvironmentVariable("SECRETS_VECTOR_KEY", KeyLine());
        ManualTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        return await bench.CreateAsync(options =>
        {
            options.TimeProvider = time;
            options.Unlock.Add(UnlockMethod.EnvironmentVariable("SECRETS_VECTOR_KEY"));
        });
    }

    private static async Task FillAsync(EncryptedFileSecretStore store)
    {
        SecretProperties properties = new(SecretAddress.Private(SecretScope.Project("churn"), "ada", "s3"), default)
        {
            Id = new Guid("0a0b0c0d-1a1b-2a2b-3a3b-4a4b4c4d4e4f"),
            Type = "s3",
            Description = "übung",
            Tags = new Dictionary<string, string> { ["team"] = "data" },
            ExpiresOn = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        await store.WriteAsync(new SecretWrite(properties, new SecretValues { ["bytes"] = SecretValue.FromBytes([0, 1, 254, 255]), ["empty"] = "" }), default);
        for (int i = 1; i <= 4; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"not-a-real-password-{i}"), default);
        await store.DeleteAsync(new SecretDelete(StoreBench.Db) { Version = new SecretVersion("2") }, default);
        await store.PromoteAsync(new SecretPromotion(StoreBench.Db, new SecretVersion("3")), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("rotating"), "current"), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("rotating"), "pending") with { Pending = true }, default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("old-name"), "before"), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("new-name"), "after") with { MoveFrom = SecretAddress.Public("old-name") }, default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("deleted"), "recoverable"), default);
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public("deleted")), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("purged"), "gone"), default);
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public("purged")) { Purge = true }, default);
    }

    private static async Task AssertSameAsync(EncryptedFileSecretStore store, List<DecodedSecret> decoded)
    {
        SecretPage page = await store.ListAsync(new SecretListing { AllOwners = true, IncludeDeleted = true, PageSize = 1000 }, default);
        Assert.That(decoded.Select(secret => secret.Name), Is.EquivalentTo(page.Items.Select(item => item.Name)));
        foreach (DecodedSecret secret in decoded.Where(secret => !secret.IsDeleted))
        {
            string[] scope = secret.Scope.Split(':', 2);
            SecretAddress address = new(new SecretScope(scope[0], scope[1]), secret.Owner, secret.Name);
            SecretPage versions = await store.ListVersionsAsync(address, null, default);
            Assert.That(secret.Versions.Select(version => $"{version.Version} {version.State}").Reverse(), Is.EqualTo(versions.Items.Select(item => $"{item.Version} {item.State}")));
            foreach (DecodedVersion version in secret.Versions.Where(version => version.ValuesBase64 is not null))
            {
                Secret read = (await store.ReadAsync([new SecretRead(address, new SecretVersion($"{version.Version}"))], default))[0].Secret!;
                Assert.That(read.Values.ToDictionary(pair => pair.Key, pair => Convert.ToBase64String(pair.Value.RevealBytes())), Is.EqualTo(version.ValuesBase64));
                Assert.That((read.Properties.Type, read.Properties.Description), Is.EqualTo((version.Type, version.Description)));
                Assert.That(read.Properties.Tags, Is.EqualTo(version.Tags));
            }
        }
    }

    private static string KeyLine() => "secrets-key-1:" + System.Buffers.Text.Base64Url.EncodeToString(VectorKey) + "\n";

    private static void WriteKey(string path)
    {
        File.WriteAllText(path, KeyLine());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string VectorPath(string name) => Path.Combine(Repository.Root, "tests", "vectors", name);
}
