using Amazon.KeyManagementService;
using Amazon.Runtime;
using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsKmsSlotTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private readonly AwsKeyManagementServer _server = new();
    private TemporaryDirectory _directory = null!;
    private AmazonKeyManagementServiceClient _client = null!;

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Prepare()
    {
        _directory = new TemporaryDirectory();
        _client = new AmazonKeyManagementServiceClient(
            new SessionAWSCredentials(_server.Credential.AccessKeyId, _server.Credential.SecretAccessKey, _server.Credential.SessionToken),
            new AmazonKeyManagementServiceConfig { ServiceURL = _server.Url.AbsoluteUri, AuthenticationRegion = _server.Region, MaxErrorRetry = 0 });
    }

    [TearDown]
    public void CleanUp()
    {
        _server.Allows = _ => true;
        _server.Faults.Clear();
        _client.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task A_store_is_opened_by_the_key_that_never_leaves_KMS()
    {
        string key = _server.CreateKey();
        await CreateAsync(key);
        await using EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(Options(key));
        Assert.That((await opened.ReadAsync([new SecretRead(Db)], default))[0].Secret!.SingleValue().RevealString(), Is.EqualTo("canary"));
        Assert.That(_server.Calls.Select(call => call.Operation), Does.Contain("Encrypt").And.Contain("Decrypt"));
    }

    [Test]
    public async Task A_store_may_have_a_slot_of_KMS_and_one_for_the_day_it_is_away()
    {
        (string keyArn, string path, string recoveryKey) = (_server.CreateKey(), _directory["app.secrets"], _directory["recovery.key"]);
        IAmazonKeyManagementService kms = _client;
        using FileRollbackAnchor anchor = new(_directory["anchors"]);

        #region kms-slot
        EncryptedFileOptions options = new(path)
        {
            Unlock =
            {
                UnlockMethod.External(new AwsKmsRootKeyProtector(keyArn, kms)),     // or the ARN alone, with the SDK's own chain
                UnlockMethod.KeyFile(recoveryKey),                                  // kept elsewhere
            },
        };
        #endregion

        options.Anchor = anchor;
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        Assert.That(store.Slots.List().Select(slot => slot.Kind), Is.EqualTo(new[] { UnlockSlotKind.External, UnlockSlotKind.Key }));
    }

    [Test]
    public async Task Any_other_slot_opens_it_while_KMS_is_away()
    {
        string key = _server.CreateKey();
        UnlockMethod keyFile = UnlockMethod.KeyFile(_directory["app.key"]);
        await CreateAsync(key, keyFile);
        _server.Allows = _ => false;
        await using EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(Options(null, keyFile));
        Assert.That((await opened.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_credential_that_may_not_unwrap_is_told_which_permission_it_needs()
    {
        string key = _server.CreateKey();
        await CreateAsync(key);
        _server.Allows = action => action != "Decrypt";
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await new AwsKmsRootKeyProtector(key, _client).UnprotectAsync(key, new byte[60], default))!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Denied));
        Assert.That(error.Message, Does.Contain("kms:Decrypt").And.Contain(key));
    }

    [Test]
    public void A_key_that_is_not_there_is_named()
    {
        AwsKmsRootKeyProtector protector = new("arn:aws:kms:eu-test-1:000000000000:key/no-such", _client);
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await protector.ProtectAsync(new byte[32], default))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.NotFound, "kms-key")));
        Assert.That(error.Message, Does.Contain("no-such"));
    }

    [Test]
    public async Task What_was_wrapped_for_something_else_is_not_unwrapped()
    {
        string key = _server.CreateKey();
        AwsKmsRootKeyProtector protector = new(key, _client);
        byte[] wrapped = await protector.ProtectAsync(new byte[32], default);
        wrapped[^1] ^= 1;
        Assert.That(await protector.UnprotectAsync(key, wrapped, default), Is.Null);
    }

    [Test]
    public void A_service_that_does_not_answer_is_unavailable()
    {
        _server.Faults.WrongBody(503, times: 5);
        AwsKmsRootKeyProtector protector = new(_server.CreateKey(), _client);
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await protector.ProtectAsync(new byte[32], default))!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public void An_ARN_names_its_region_and_an_alias_needs_one()
    {
        using AwsKmsRootKeyProtector named = new("arn:aws:kms:eu-central-1:000000000000:key/k");
        Assert.That(named.KeyId, Does.EndWith("key/k"));
        Assert.That(Assert.Throws<SecretException>(() => new AwsKmsRootKeyProtector("alias/app"))!.Reason, Is.EqualTo("no-region"));
    }

    private async Task CreateAsync(string key, params UnlockMethod[] others)
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options(key, others));
        await store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary" }), default);
    }

    private EncryptedFileOptions Options(string? key, params UnlockMethod[] others)
    {
        EncryptedFileOptions options = new(_directory["app.secrets"]) { Anchor = new FileRollbackAnchor(_directory["anchors"]) };
        if (key is not null)
            options.Unlock.Add(UnlockMethod.External(new AwsKmsRootKeyProtector(key, _client)));
        foreach (UnlockMethod other in others)
            options.Unlock.Add(other);
        return options;
    }
}
