using Google.Apis.Auth.OAuth2;
using Secrets.Testing.Servers;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>What users get wrong: each answer has a code, says what to do, and shows no value.</summary>
public sealed class GoogleBadInputTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private readonly GoogleSecretManagerServer _server = new();

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Clear() => _server.Clear();

    [Test]
    public async Task The_wrong_project()
    {
        SecretException error = await ReadErrorAsync(options => options.Project = "another-project");
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Denied, "may-not-exist")));
    }

    [Test]
    public async Task Expired_credentials()
    {
        SecretException error = await ReadErrorAsync(options => options.Credential = GoogleCredential.FromAccessToken("an-ended-token"));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
    }

    [Test]
    public async Task Over_plain_http_no_credential_of_the_machine_is_sent()
    {
        SecretException error = await ReadErrorAsync(options => options.Credential = null);
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unauthenticated), "The server got no token.");
    }

    [Test]
    public async Task A_credential_file_that_is_not_there_is_no_credential()
    {
        string? before = Environment.GetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS");
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such.json"));
        try
        {
            SecretException error = await ReadErrorAsync(options => (options.ServiceUrl, options.Credential) = (new Uri("https://127.0.0.1:1/"), null));
            Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "no-credentials")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", before);
        }
    }

    [Test]
    public async Task A_service_that_is_not_there() =>
        Assert.That((await ReadErrorAsync(options => options.ServiceUrl = new Uri("http://127.0.0.1:1/"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));

    [Test]
    public async Task A_name_that_the_cloud_cannot_hold_is_not_found_and_not_written()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server);
        SecretAddress tooLong = SecretAddress.Public(new string('.', 52));
        Assert.That((await store.ReadAsync([new SecretRead(tooLong)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, tooLong, "canary"))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_one_byte_too_large_calls_nothing()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, Db, new string('x', 65_537)))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "value-size")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_tag_that_the_service_cannot_hold_is_refused_before_anything_is_written()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server);
        SecretProperties properties = new(Db, default) { Tags = new Dictionary<string, string> { ["a b"] = "1" } };
        SecretException error = Assert.ThrowsAsync<SecretException>(() => store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "tag")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_that_is_not_JSON_is_the_single_value()
    {
        _server.Put("db", "{ almost: json");
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Secret!.SingleValue().RevealString(), Is.EqualTo("{ almost: json"));
    }

    private async Task<SecretException> ReadErrorAsync(Action<GoogleSecretManagerOptions> configure)
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server, configure);
        return (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
    }

    private static async Task WriteAsync(GoogleSecretManagerSecretStore store, SecretAddress address, string value) =>
        await store.WriteAsync(new SecretWrite(new SecretProperties(address, default), new SecretValues { ["value"] = value }), default);
}
