using Secrets.Testing.Servers;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>The global endpoint and a location's own: each keeps its own secrets and knows no other's names.</summary>
public sealed class GoogleLocationTests
{
    private const string Frankfurt = "europe-west3";

    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private readonly GoogleSecretManagerServer _global = new();
    private readonly GoogleSecretManagerServer _regional = new() { Location = Frankfurt };

    [OneTimeSetUp]
    public Task StartAsync() => Task.WhenAll(_global.StartAsync(), _regional.StartAsync());

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _global.DisposeAsync();
        await _regional.DisposeAsync();
    }

    [SetUp]
    public void Clear()
    {
        _global.Clear();
        _regional.Clear();
    }

    [Test]
    public async Task A_regional_store_writes_reads_lists_and_deletes_where_its_location_says()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_regional, options => options.Location = Frankfurt);
        SecretProperties written = await store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Secret!.Version, Is.EqualTo(written.Version));
        Assert.That((await store.ListAsync(new SecretListing(), default)).Items.Select(item => item.Address), Is.EqualTo([Db]));
        Assert.That((await store.ListVersionsAsync(Db, null, default)).Items, Has.Count.EqualTo(1));
        await store.DeleteAsync(new SecretDelete(Db), default);
        Assert.That(_regional.Names, Is.Empty);
    }

    [Test]
    public async Task A_secret_of_another_location_is_not_found_and_the_error_names_the_location_that_was_asked()
    {
        _global.Put("db", "canary");
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_regional, options => options.Location = Frankfurt);
        SecretReadResult result = await ReadAsync(store);
        Assert.That((result.Status, result.Error!.Code), Is.EqualTo((SecretReadStatus.NotFound, SecretErrorCode.NotFound)));
        Assert.That(result.Error.Message, Does.Contain(Frankfurt).And.Contain("global"));
    }

    [Test]
    public async Task A_regional_secret_is_not_found_globally_and_the_error_says_what_to_set()
    {
        _regional.Put("db", "canary");
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_global);
        SecretReadResult result = await ReadAsync(store);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That(result.Error!.Message, Does.Contain("set Location"));
    }

    [TestCase(null, Frankfurt, "the global one knows no regional secrets")]
    [TestCase(Frankfurt, null, "Set Location")]
    [TestCase(Frankfurt, "europe-west1", "europe-west1")]
    public async Task An_endpoint_of_another_place_than_the_settings_name_is_a_fault_and_never_a_missing_secret(string? endpoint, string? location, string said)
    {
        GoogleSecretManagerServer server = endpoint is null ? _global : _regional;
        server.Put("db", "canary-of-another-place");
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(server, options => options.Location = location);
        SecretReadResult[] results = [await ReadAsync(store), (await store.ReadAsync([new SecretRead(Db, new SecretVersion("1"))], default))[0]];
        foreach (SecretReadResult result in results)
        {
            Assert.That((result.Status, result.Error!.Code, result.Error.Reason), Is.EqualTo((SecretReadStatus.Failed, SecretErrorCode.InvalidArgument, "wrong-location")));
            Assert.That(result.Error.Message, Does.Contain(said));
            Assert.That(result.Error.ToString(), Does.Not.Contain("canary"));
        }

        Assert.That((await store.DescribeAsync([Db], default))[0].Error!.Reason, Is.EqualTo("wrong-location"));
        Assert.That(Assert.ThrowsAsync<SecretException>(() => store.ListAsync(new SecretListing(), default).AsTask())!.Reason, Is.EqualTo("wrong-location"));
        Assert.That(
            Assert.ThrowsAsync<SecretException>(() => store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary" }), default).AsTask())!.Reason,
            Is.EqualTo("wrong-location"));
    }

    [Test]
    public async Task A_location_whose_endpoint_cannot_be_reached_is_named()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_regional, options => (options.Location, options.ServiceUrl) = ("europe-west99", new Uri("http://127.0.0.1:1/")));
        SecretException error = (await ReadAsync(store)).Error!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(error.Message, Does.Contain("'europe-west99' is a location"));
    }

    private static async Task<SecretReadResult> ReadAsync(GoogleSecretManagerSecretStore store) => (await store.ReadAsync([new SecretRead(Db)], default))[0];
}
