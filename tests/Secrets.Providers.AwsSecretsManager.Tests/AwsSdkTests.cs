using Amazon.Runtime;
using Secrets.Testing;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>What the SDK's own core does for the store, because nothing of it is written anew.</summary>
public sealed class AwsSdkTests : StoreTests
{
    [Test]
    public async Task A_machine_whose_clock_is_hours_off_is_put_right_by_the_services_answer()
    {
        await using AwsSecretsManagerServer server = new(new ManualTimeProvider(DateTimeOffset.UtcNow.AddHours(3)));
        await server.StartAsync();
        server.Put("db", "canary");
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(server, options =>
        {
            AwsTestStore.RetryOnce(options);
            // By a name that no other test uses: the SDK keeps what it learned by address, for the process.
            options.ServiceUrl = new UriBuilder(server.Url) { Host = "localhost" }.Uri;
        });
        Assert.That((await ReadOneAsync(store, "db")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(server.Calls.Select(call => call.Operation), Is.EqualTo(["GetSecretValue", "GetSecretValue", "DescribeSecret"]), "The first was refused, the others were signed for the service's time.");
    }

    [TestCase("CreateSecret")]
    [TestCase("PutSecretValue")]
    public async Task A_write_whose_answer_is_lost_is_tried_again_and_makes_one_version(string operation)
    {
        bool isNew = operation == "CreateSecret";
        if (!isNew)
            Server.Put("db", "canary-before");
        await using AwsSecretsManagerSecretStore retrying = AwsTestStore.Open(Server, options => options.ConfigureClient = client => client.MaxErrorRetry = 3);
        Server.Faults.ResetMidBody(operation);
        await retrying.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary-after" }), default);
        Assert.That(Count(operation), Is.GreaterThan(1));
        Assert.That(Server.TextOf("db"), Is.EqualTo("canary-after"));
        Assert.That((await Store.ListVersionsAsync(Db, null, default)).Items, Has.Count.EqualTo(isNew ? 1 : 2));
    }

    [Test]
    public async Task The_retry_mode_and_count_are_the_options_and_a_throttling_is_waited_out()
    {
        Server.Put("db", "canary");
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Server, options => options.ConfigureClient = client => (client.RetryMode, client.MaxErrorRetry) = (RequestRetryMode.Standard, 1));
        Server.Fail("ThrottlingException", "Rate exceeded", times: 1);
        Assert.That((await ReadOneAsync(store, "db")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(Count("GetSecretValue"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_new_secret_is_encrypted_with_the_key_that_the_options_name()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Server, options => options.KmsKeyId = "alias/app");
        await store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary" }), default);
        Assert.That(Server.KmsKeyOf("db"), Is.EqualTo("alias/app"));
    }
}
