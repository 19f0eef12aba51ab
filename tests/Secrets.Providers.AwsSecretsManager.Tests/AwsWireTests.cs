using Amazon.Runtime;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsWireTests : StoreTests
{
    [Test]
    public async Task A_secret_of_the_console_is_read_under_its_own_name()
    {
        Server.Put("prod/db", """{"user":"ada","port":5432}""");
        Secret secret = await ReadAsync(SecretAddress.Public("prod/db"));
        Assert.That(secret["user"].RevealString(), Is.EqualTo("ada"));
        Assert.That(secret["port"].RevealString(), Is.EqualTo("5432"));
    }

    [Test]
    public async Task What_is_written_is_what_the_console_would_show()
    {
        await WriteAsync(SecretAddress.Public(SecretScope.Project("churn"), "db"), new() { ["user"] = "ada", ["password"] = "canary-1" });
        await WriteAsync(SecretAddress.Public("token"), new() { ["value"] = "canary-2" });
        Assert.That(Server.TextOf("project/churn/db"), Is.EqualTo("""{"user":"ada","password":"canary-1"}"""));
        Assert.That(Server.TextOf("token"), Is.EqualTo("canary-2"));
    }

    [Test]
    public async Task Two_hundred_cold_reads_take_ten_calls()
    {
        for (int i = 0; i < 200; i++)
            Server.Put($"s{i}", "canary");
        await using AwsSecretsManagerSecretStore lean = AwsTestStore.Open(Server, options => options.ReadProperties = false);
        SecretRead[] reads = [.. Enumerable.Range(0, 200).Select(i => new SecretRead(SecretAddress.Public($"s{i}")))];
        IReadOnlyList<SecretReadResult> results = await lean.ReadAsync(reads, default);
        Assert.That(results.Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(Server.Calls, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task One_bad_entry_of_a_batch_spoils_no_other()
    {
        Server.Put("good", "canary");
        Server.Put("gone", "canary");
        Server.Put("closed", "canary");
        await Store.DeleteAsync(new SecretDelete(SecretAddress.Public("gone")), default);
        Server.Allows = (action, name) => name != "closed";
        IReadOnlyList<SecretReadResult> results = await ReadManyAsync("good", "missing", "gone", "closed", "good");
        Assert.That(results.Select(result => result.Status), Is.EqualTo(
            [SecretReadStatus.Found, SecretReadStatus.NotFound, SecretReadStatus.NotFound, SecretReadStatus.MissingOrDenied, SecretReadStatus.Found]));
        Assert.That(results[2].Error!.Reason, Is.EqualTo("deleted"));
    }

    [Test]
    public async Task Without_the_right_to_batches_secrets_are_read_one_by_one()
    {
        Server.Put("a", "canary");
        Server.Put("b", "canary");
        Server.Allows = (action, _) => action == "GetSecretValue";
        for (int i = 0; i < 2; i++)
            Assert.That((await ReadManyAsync("a", "b")).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        // Denied once, not asked again: neither for batches nor for properties.
        Assert.That(Server.Calls.Count(call => call.Operation == "BatchGetSecretValue"), Is.EqualTo(1));
        Assert.That(Server.Calls.Count(call => call.Operation == "DescribeSecret"), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task An_explicit_deny_is_a_denial_and_no_other()
    {
        Server.Put("closed", "canary");
        Server.Allows = (_, _) => false;
        Server.DeniesExplicitly = true;
        Assert.That((await ReadOneAsync("closed")).Status, Is.EqualTo(SecretReadStatus.Denied));
        Server.DeniesExplicitly = false;
        Assert.That((await ReadOneAsync("closed")).Status, Is.EqualTo(SecretReadStatus.MissingOrDenied));
    }

    [Test]
    public async Task Describing_reads_no_value()
    {
        Server.Put("db", "canary");
        Server.Allows = (action, _) => action == "DescribeSecret";
        IReadOnlyList<SecretDescribeResult> results = await Store.DescribeAsync([SecretAddress.Public("db"), SecretAddress.Public("none")], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.NotFound]));
        Assert.That(Server.Calls.Select(call => call.Operation), Is.All.EqualTo("DescribeSecret"));
    }

    [Test]
    public async Task Of_two_writers_at_one_version_one_wins_and_the_other_leaves_nothing_behind()
    {
        SecretProperties first = await WriteAsync(SecretAddress.Public("db"), new() { ["n"] = "0" });
        SecretWrite[] rivals = [.. Enumerable.Range(1, 8).Select(i => new SecretWrite(
            new SecretProperties(SecretAddress.Public("db"), default), new SecretValues { ["n"] = $"{i}" }, SecretCondition.At(first.Version)))];
        string[] outcomes = await Task.WhenAll(rivals.Select(async rival =>
        {
            try
            {
                return (await Store.WriteAsync(rival, default)).Version.Value;
            }
            catch (SecretException error) when (error.Code == SecretErrorCode.Conflict)
            {
                return "conflict";
            }
        }));
        Assert.That(outcomes.Count(outcome => outcome != "conflict"), Is.EqualTo(1));
        SecretPage versions = await Store.ListVersionsAsync(SecretAddress.Public("db"), null, default);
        Assert.That(versions.Items.Count(version => version.State == SecretVersionState.Current), Is.EqualTo(1));
        Assert.That(versions.Items.Single(version => version.State == SecretVersionState.Current).Version.Value, Is.EqualTo(outcomes.Single(outcome => outcome != "conflict")));
        Assert.That(versions.Items.Count(version => version.State == SecretVersionState.Pending), Is.Zero);
        Assert.That(Server.LabelsOf("db"), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["AWSCURRENT"] = outcomes.Single(outcome => outcome != "conflict"), ["AWSPREVIOUS"] = first.Version.Value,
        }), "The labels under which the rivals put their values aside are gone.");
    }

    [Test]
    public async Task Tags_of_AWS_itself_are_neither_shown_nor_touched_and_ours_are_not_shown_as_tags()
    {
        SecretProperties given = new(SecretAddress.Public("db"), default)
        {
            Type = "s3", Description = "the bucket", ExpiresOn = DateTimeOffset.UnixEpoch.AddYears(80), Tags = new Dictionary<string, string> { ["env"] = "prod" },
        };
        await Store.WriteAsync(new SecretWrite(given, new SecretValues { ["a"] = "canary" }), default);
        SecretProperties read = (await ReadAsync(SecretAddress.Public("db"))).Properties;
        Assert.That((read.Type, read.Description, read.ExpiresOn), Is.EqualTo((given.Type, given.Description, given.ExpiresOn)));
        Assert.That(read.Tags, Is.EqualTo(given.Tags));
    }

    [TestCase("AWS_ENDPOINT_URL")]
    [TestCase("AWS_ENDPOINT_URL_SECRETS_MANAGER")]
    public async Task An_endpoint_of_the_environment_is_signed_for_the_region_asked_for(string variable)
    {
        Server.Put("db", "canary");
        Environment.SetEnvironmentVariable(variable, Server.Url.AbsoluteUri);
        try
        {
            await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Server, options => options.ServiceUrl = null);
            Assert.That((await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [TestCase("ThrottlingException", 400, SecretErrorCode.Throttled, null)]
    [TestCase("ThrottlingException", 429, SecretErrorCode.Throttled, null)]
    [TestCase("InternalServiceError", 500, SecretErrorCode.Unavailable, null)]
    [TestCase("ServiceUnavailableException", 503, SecretErrorCode.Unavailable, null)]
    [TestCase("ExpiredTokenException", 400, SecretErrorCode.Unauthenticated, "expired-credential")]
    [TestCase("UnrecognizedClientException", 400, SecretErrorCode.Unauthenticated, "wrong-credential")]
    [TestCase("DecryptionFailure", 400, SecretErrorCode.Denied, "kms-key")]
    [TestCase("ValidationException", 400, SecretErrorCode.InvalidArgument, null)]
    public async Task Faults_of_the_service_have_codes(string type, int status, SecretErrorCode code, string? reason)
    {
        Server.Fail(type, "as the service says", status, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((code, reason, "aws-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException, Is.InstanceOf<AmazonServiceException>());
    }

    [Test]
    public async Task A_denial_by_a_proxy_is_a_denial_and_shows_no_page()
    {
        Server.Faults.WrongBody(403);
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Denied));
        Assert.That(error.ToString(), Does.Not.Contain("guest network"));
    }

    [Test]
    public void A_service_that_echoes_the_value_in_its_error_does_not_leak_it()
    {
        Server.Fail("ValidationException", "Value 'canary-echoed' at 'secretString' failed to satisfy constraint");
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(SecretAddress.Public("db"), new() { ["value"] = "canary-echoed" }))!;
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        Assert.That(((AmazonServiceException)error.InnerException!).ErrorCode, Is.EqualTo("ValidationException"));
    }
}
