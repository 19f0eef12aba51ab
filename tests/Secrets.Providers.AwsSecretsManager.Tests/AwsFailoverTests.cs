using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>A client over two regions, the second with replicas of the first's secrets: what reads and writes do while the first is down.</summary>
public sealed class AwsFailoverTests : TwoRegionsTests
{
    private ManualTimeProvider _time = null!;
    private SecretsClient _client = null!;
    private SecretVersion _written;

    [SetUp]
    public async Task ReplicateAsync()
    {
        _time = new ManualTimeProvider();
        _client = SecretsClient.Create(secrets =>
        {
            secrets.Services.AddSingleton<TimeProvider>(_time);
            AWSCredentials credentials = new SessionAWSCredentials(AwsCredential.Test.AccessKeyId, AwsCredential.Test.SecretAccessKey, AwsCredential.Test.SessionToken);
            secrets
                .UseAwsSecretsManager(credentials, options => At(Primary, options))
                .UseAwsSecretsManager(credentials, options => At(Replica, options))
                .ConfigureClient(options => options.FallBackOnOutage = true);
        });
        _written = (await _client.CreateSecretAsync("db", new() { ["user"] = "ada", ["password"] = "canary-1" })).Version;
        Primary.Replicate("db", Replica);
        Primary.ForgetCalls();
    }

    [TearDown]
    public async Task CloseAsync() => await _client.DisposeAsync();

    [Test]
    public async Task TheReplicas_are_not_asked_while_thePrimary_answers()
    {
        SecretLookupResult result = await ReadAsync("db");
        Assert.That((result.IsDegraded, result.Secret!.Version), Is.EqualTo((false, _written)));
        Assert.That(Replica.Calls, Is.Empty);
    }

    [Test]
    public async Task While_thePrimary_is_down_theReplica_answers_marked_and_is_not_kept_past_the_outage()
    {
        TakeDown();
        SecretLookupResult result = await ReadAsync("db");
        Assert.That((result.Status, result.IsDegraded), Is.EqualTo((SecretReadStatus.Found, true)));
        Assert.That(result.Secret!["password"].RevealString(), Is.EqualTo("canary-1"));
        Assert.That(result.Secret.Version.Value, Is.EqualTo($"{_written}@aws-secrets-manager:us-east-1"), "It says where it is from.");
        Primary.Faults.Clear();
        // The client asks a store that failed again after its back-off.
        _time.Advance(TimeSpan.FromMinutes(5));
        result = await ReadAsync("db");
        Assert.That((result.IsDegraded, result.Secret!.Version), Is.EqualTo((false, _written)));
    }

    [Test]
    public async Task What_isReplicated_nowhere_is_the_outage_and_not_missing()
    {
        TakeDown();
        SecretLookupResult result = await ReadAsync("not-replicated");
        Assert.That((result.Status, result.Error!.Code, result.Error.StoreName), Is.EqualTo((SecretReadStatus.Failed, SecretErrorCode.Unavailable, "aws-secrets-manager:eu-central-1")));
    }

    [Test]
    public async Task While_thePrimary_is_down_a_change_is_refused_and_the_error_names_thePrimary()
    {
        TakeDown();
        await ReadAsync("db");
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await _client.UpdateSecretAsync("db", update => update.Set("password", "canary-2")))!;
        Assert.That((error.Code, error.StoreName), Is.EqualTo((SecretErrorCode.Unavailable, "aws-secrets-manager:eu-central-1")));
        Assert.That(error.Message, Does.Contain("Could not").And.Contain("'aws-secrets-manager:eu-central-1'"));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        Assert.That(Replica.TextOf("db"), Does.Contain("canary-1"), "Nothing was written.");
    }

    [Test]
    public void While_thePrimary_is_down_a_new_secret_is_refused_as_unavailable()
    {
        TakeDown();
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await _client.CreateSecretAsync("new", new() { ["value"] = "canary" }))!;
        Assert.That((error.Code, error.StoreName), Is.EqualTo((SecretErrorCode.Unavailable, "aws-secrets-manager:eu-central-1")));
        Assert.That(Replica.Names, Is.EqualTo(["db"]));
    }

    [Test]
    public async Task Two_lines_name_two_regions()
    {
        await using SecretsClient client = SecretsClient.Create(secrets =>
        {
            #region failover
            secrets
                .UseAwsSecretsManager(options => options.Region = "eu-central-1")
                .UseAwsSecretsManager(options => options.Region = "us-east-1")
                .ConfigureClient(options => options.FallBackOnOutage = true);
            #endregion
        });
        // There is no credential here, so nothing is called.
        SecretException error = (await client.GetSecretsAsync([new SecretLookup("db")]))[0].Error!;
        Assert.That((error.Code, error.StoreName), Is.EqualTo((SecretErrorCode.Unauthenticated, "aws-secrets-manager:eu-central-1")));
    }

    private static void At(AwsSecretsManagerServer server, AwsSecretsManagerOptions options)
    {
        options.Region = server.Region;
        options.ServiceUrl = server.Url;
        options.ConfigureClient = client => client.MaxErrorRetry = 0;
    }

    private void TakeDown() => Primary.Fail("ServiceUnavailableException", "The service is unavailable.", 503, times: int.MaxValue);

    private async Task<SecretLookupResult> ReadAsync(string name) => (await _client.GetSecretsAsync([new SecretLookup(name)]))[0];
}
