using Amazon.Runtime;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>What users get wrong: each answer has a code, says what to do, and shows no value.</summary>
public sealed class AwsBadInputTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private readonly AwsSecretsManagerServer _server = new();

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Clear() => _server.Clear();

    [Test]
    public async Task The_wrong_region()
    {
        SecretException error = await ReadErrorAsync(options => options.Region = "us-test-9");
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        Assert.That(error.Message, Does.Contain("region"));
    }

    [Test]
    public void No_region()
    {
        SecretException error = Assert.Throws<SecretException>(() => new AwsSecretsManagerSecretStore(new AwsSecretsManagerOptions()))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "no-region")));
    }

    [Test]
    public async Task No_credentials()
    {
        SecretException error = await ReadErrorAsync(options => options.Credentials = null);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "no-credentials")));
    }

    [Test]
    public void No_such_profile()
    {
        SecretException error = Assert.Throws<SecretException>(() => new AwsSecretsManagerSecretStore(new AwsSecretsManagerOptions { Region = "eu-test-1", Profile = "no-such" }))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "profile")));
    }

    [Test]
    public async Task Expired_credentials()
    {
        _server.Fail("ExpiredTokenException", "The security token included in the request is expired");
        SecretException error = await ReadErrorAsync();
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "expired-credential")));
    }

    [Test]
    public async Task A_wrong_secret_key()
    {
        SecretException error = await ReadErrorAsync(options => options.Credentials = new SessionAWSCredentials(_server.Credential.AccessKeyId, "not-the-key", _server.Credential.SessionToken));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
    }

    [Test]
    public async Task A_service_that_is_not_there()
    {
        SecretException error = await ReadErrorAsync(options => options.ServiceUrl = new Uri("http://127.0.0.1:1/"));
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public async Task A_name_that_the_cloud_cannot_hold_is_not_found_and_not_written()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server);
        SecretAddress tooLong = SecretAddress.Public(new string('é', 200));
        Assert.That((await store.ReadAsync([new SecretRead(tooLong)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, tooLong, "canary"))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_one_byte_too_large_calls_nothing()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, Db, new string('x', 65_537)))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "value-size")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_secret_that_is_scheduled_for_deletion()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server);
        await WriteAsync(store, Db, "canary");
        await store.DeleteAsync(new SecretDelete(Db), default);
        SecretReadResult read = (await store.ReadAsync([new SecretRead(Db)], default))[0];
        Assert.That((read.Status, read.Error!.Reason), Is.EqualTo((SecretReadStatus.NotFound, "deleted")));
        Assert.That(Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, Db, "canary"))!.Reason, Is.EqualTo("deleted"));
        await store.RecoverAsync(Db, default);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_value_that_is_not_JSON_is_the_single_value()
    {
        _server.Put("db", "{ almost: json");
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Secret!.SingleValue().RevealString(), Is.EqualTo("{ almost: json"));
    }

    [Test]
    public async Task A_tag_that_the_service_cannot_hold_is_refused_before_anything_is_written()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server);
        SecretProperties properties = new(Db, default) { Tags = new Dictionary<string, string> { ["a{b}"] = "1" } };
        SecretException error = Assert.ThrowsAsync<SecretException>(() => store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "tag")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [TestCase(6)]
    [TestCase(31)]
    public void A_recovery_window_that_AWS_has_not(int days) =>
        Assert.That(
            Assert.Throws<SecretException>(() => new AwsSecretsManagerSecretStore(new AwsSecretsManagerOptions { Region = "eu-test-1", RecoveryWindowDays = days }))!.Reason,
            Is.EqualTo("recovery-window"));

    private async Task<SecretException> ReadErrorAsync(Action<AwsSecretsManagerOptions>? configure = null)
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server, configure);
        return (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
    }

    private static async Task WriteAsync(AwsSecretsManagerSecretStore store, SecretAddress address, string value) =>
        await store.WriteAsync(new SecretWrite(new SecretProperties(address, default), new SecretValues { ["value"] = value }), default);
}
