using Azure.Core;
using Azure.Identity;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>What users get wrong: each answer has a code, says what to do, and shows no value.</summary>
public sealed class AzureBadInputTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private AzureKeyVaultServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await AzureTestStore.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Clear() => _server.Clear();

    [Test]
    public async Task A_vault_that_is_not_there() =>
        Assert.That((await ReadErrorAsync(options => options.VaultUri = new Uri("https://127.0.0.1:1/"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));

    [Test]
    public async Task A_vault_of_another_cloud_gets_no_token()
    {
        SecretException error = await ReadErrorAsync(options => options.ConfigureClient += client => client.DisableChallengeResourceVerification = false);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-vault")));
    }

    [Test]
    public async Task Expired_credentials()
    {
        _server.Token = "another-token";
        try
        {
            SecretException error = await ReadErrorAsync(options => options.Credential = new Failing(null));
            Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        }
        finally
        {
            _server.Token = "not-a-real-token";
        }
    }

    [Test]
    public async Task No_credentials()
    {
        SecretException error = await ReadErrorAsync(options => options.Credential = new Failing(new CredentialUnavailableException("nothing configured")));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "no-credentials")));
    }

    [Test]
    public async Task A_refused_client_secret_is_not_shown()
    {
        SecretException error = await ReadErrorAsync(options => options.Credential = new Failing(new AuthenticationFailedException("client secret canary-client-secret is wrong")));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_name_that_the_cloud_cannot_hold_is_not_found_and_not_written()
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        SecretAddress tooLong = SecretAddress.Public(new string('_', 26));
        Assert.That((await store.ReadAsync([new SecretRead(tooLong)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, tooLong, "canary"))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_one_byte_too_large_calls_nothing()
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, Db, new string('x', 25_601)))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "value-size")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task Too_many_tags_are_refused_before_anything_is_written()
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        SecretProperties properties = new(Db, default) { Tags = Enumerable.Range(0, 15).ToDictionary(i => $"t{i}", i => "1") };
        SecretException error = Assert.ThrowsAsync<SecretException>(() => store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "tag")));
        Assert.That(_server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_deleted_secret_is_not_found_and_its_name_is_taken()
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        await WriteAsync(store, Db, "canary");
        await store.DeleteAsync(new SecretDelete(Db), default);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, Db, "canary"))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Conflict, "deleted")));
        Assert.That(error.Message, Does.Contain("purge"));
    }

    [Test]
    public async Task A_version_that_is_disabled_is_denied_and_the_others_are_read()
    {
        _server.Put("db", "canary-old", enabled: false);
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        SecretVersion old = (await store.ListVersionsAsync(Db, null, default)).Items.Single().Version;
        _server.Put("db", "canary-new");
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new SecretRead(Db, old), new SecretRead(Db)], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That((results[0].Error!.Code, results[0].Error!.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
    }

    [Test]
    public async Task A_value_that_is_not_JSON_is_the_single_value()
    {
        _server.Put("db", "{ almost: json");
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Secret!.SingleValue().RevealString(), Is.EqualTo("{ almost: json"));
    }

    private async Task<SecretException> ReadErrorAsync(Action<AzureKeyVaultOptions> configure)
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(_server, configure);
        return (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
    }

    private static async Task WriteAsync(AzureKeyVaultSecretStore store, SecretAddress address, string value) =>
        await store.WriteAsync(new SecretWrite(new SecretProperties(address, default), new SecretValues { ["value"] = value }), default);

    private sealed class Failing(Exception? failure) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            failure is null ? new AccessToken("an-ended-token", DateTimeOffset.UtcNow.AddHours(1)) : throw failure;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
