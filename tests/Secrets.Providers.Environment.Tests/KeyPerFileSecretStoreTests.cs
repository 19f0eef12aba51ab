using Secrets.Testing;

namespace Secrets.Providers.Environment.Tests;

[TestFixture, Platform(Exclude = "Win")]
public sealed class KeyPerFileSecretStoreTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public async Task A_file_is_a_secret_and_a_directory_is_one_with_keys()
    {
        _directory.Write("token", "one line\n\r\n");
        _directory.Write("db/user", "u");
        _directory.Write("db/password", "p");
        _directory.Write(".hidden", "x");
        await using SecretsClient client = SecretsClient.Create(s => s.UseKeyPerFile(_directory.Path));
        Assert.That((await client.GetSecretAsync("token")).SingleValue().RevealString(), Is.EqualTo("one line"), "line ends are trimmed, however many");
        Assert.That((await client.GetSecretAsync("db")).Keys, Is.EqualTo(new[] { "password", "user" }));
        List<string> names = [];
        await foreach (SecretProperties properties in client.ListSecretsAsync()) names.Add(properties.Name);
        Assert.That(names, Is.EqualTo(new[] { "db", "token" }));
    }

    [Test]
    public async Task Text_of_several_lines_and_bytes_stay_as_they_are() // KeyPerFile trims one newline only
    {
        _directory.Write("key", "-----BEGIN-----\nx\n-----END-----\n");
        File.WriteAllBytes(_directory["bytes"], [0xFF, (byte)'\n']);
        await using KeyPerFileSecretStore store = new(_directory.Path);
        Assert.That((await Read(store, "key"))!.SingleValue().RevealString(), Does.EndWith("-----END-----\n"));
        Assert.That((await Read(store, "bytes"))!.SingleValue().RevealBytes(), Is.EqualTo(new byte[] { 0xFF, (byte)'\n' }));
    }

    [Test]
    public async Task A_mounted_plan_is_read_back_and_a_swap_is_seen()
    {
        await using SecretsClient source = SecretsClient.Create(static s => s.UseInMemory());
        await source.CreateSecretAsync("pair", new() { ["user"] = "1", ["password"] = "1" }, new CreateSecretOptions { Type = "file" });
        await using SecretMount mount = await (await source.PlanInjectionAsync(["pair"])).MountAsync(_directory["mount"], new SecretMountOptions { Follow = false });
        await using KeyPerFileSecretStore store = new(mount.Path);
        Secret first = (await Read(store, "pair"))!;
        await source.UpdateSecretAsync("pair", u => u.Set("user", "2").Set("password", "2"));
        await source.RefreshSecretAsync(new SecretLookup("pair"));
        await mount.UpdateAsync();
        Secret second = (await Read(store, "pair"))!;

        Assert.That((first["user"].RevealString(), second["user"].RevealString(), second["password"].RevealString()), Is.EqualTo(("1", "2", "2")));
        Assert.That(second.Version, Is.Not.EqualTo(first.Version));
    }

    [Test]
    public async Task Reads_during_swaps_never_mix_versions()
    {
        await using SecretsClient source = SecretsClient.Create(static s => s.UseInMemory());
        await source.CreateSecretAsync("pair", new() { ["user"] = "0", ["password"] = "0" }, new CreateSecretOptions { Type = "file" });
        await using SecretMount mount = await (await source.PlanInjectionAsync(["pair"])).MountAsync(_directory["mount"], new SecretMountOptions { Follow = false, KeepPrevious = TimeSpan.Zero });
        await using KeyPerFileSecretStore store = new(mount.Path);
        Task writer = Task.Run(async () =>
        {
            for (int i = 1; i <= 100; i++)
            {
                await source.UpdateSecretAsync("pair", u => u.Set("user", $"{i}").Set("password", $"{i}"));
                await source.RefreshSecretAsync(new SecretLookup("pair"));
                await mount.UpdateAsync();
            }
        });
        int reads = 0;
        while (!writer.IsCompleted)
        {
            Secret secret = (await Read(store, "pair"))!;
            Assert.That(secret["user"], Is.EqualTo(secret["password"]));
            reads++;
        }

        await writer;
        Assert.That(reads, Is.Positive);
    }

    [TestCase("../outside"), TestCase("a/b"), TestCase(".."), TestCase("..data")]
    public async Task A_name_cannot_leave_the_directory(string name)
    {
        _directory.Write("outside", "x");
        _directory.Write("inside/a/b", "x");
        await using KeyPerFileSecretStore store = new(_directory["inside"]);
        Assert.That(await Read(store, name), Is.Null);
    }

    [Test]
    public async Task A_listing_that_meets_what_cannot_be_read_fails_with_a_code()
    {
        _directory.Write("outside", "x");
        _directory.Write("inside/good", "x");
        File.CreateSymbolicLink(_directory["inside", "link"], _directory["outside"]);
        await using KeyPerFileSecretStore store = new(_directory["inside"]);
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await store.ListAsync(new SecretListing(), CancellationToken.None))!;
        Assert.That((error.Code, error.StoreName), Is.EqualTo((SecretErrorCode.Unavailable, store.Name)));
    }

    [Test]
    public async Task A_link_that_leaves_the_directory_is_an_error_of_its_entry()
    {
        _directory.Write("outside", "x");
        _directory.Write("inside/good", "x");
        File.CreateSymbolicLink(_directory["inside", "link"], _directory["outside"]);
        await using KeyPerFileSecretStore store = new(_directory["inside"]);
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new(SecretAddress.Public("link")), new(SecretAddress.Public("good"))], default);
        Assert.That(results.Select(static r => r.Status), Is.EqualTo(new[] { SecretReadStatus.Failed, SecretReadStatus.Found }));
    }

    [Test]
    public async Task A_directory_that_is_not_there_yet_has_no_secrets()
    {
        await using KeyPerFileSecretStore store = new(_directory["later"]);
        Assert.That(await Read(store, "x"), Is.Null);
        Assert.That((await store.ListAsync(new SecretListing(), default)).Items, Is.Empty);
    }

    private static async Task<Secret?> Read(KeyPerFileSecretStore store, string name) => (await store.ReadAsync([new SecretRead(SecretAddress.Public(name))], default))[0].Secret;
}
