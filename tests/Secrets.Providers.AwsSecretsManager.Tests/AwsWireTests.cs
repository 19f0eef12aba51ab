using Amazon.Runtime;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsWireTests
{
    private readonly AwsSecretsManagerServer _server = new();
    private AwsSecretsManagerSecretStore _store = null!;

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Open()
    {
        _server.Clear();
        _store = AwsTestStore.Open(_server);
    }

    [TearDown]
    public async Task CloseAsync() => await _store.DisposeAsync();

    [Test]
    public async Task A_secret_of_the_console_is_read_under_its_own_name()
    {
        _server.Put("prod/db", """{"user":"ada","port":5432}""");
        Secret secret = await ReadAsync(SecretAddress.Public("prod/db"));
        Assert.That(secret["user"].RevealString(), Is.EqualTo("ada"));
        Assert.That(secret["port"].RevealString(), Is.EqualTo("5432"));
    }

    [Test]
    public async Task What_is_written_is_what_the_console_would_show()
    {
        await WriteAsync(SecretAddress.Public(SecretScope.Project("churn"), "db"), new() { ["user"] = "ada", ["password"] = "canary-1" });
        await WriteAsync(SecretAddress.Public("token"), new() { ["value"] = "canary-2" });
        Assert.That(_server.TextOf("project/churn/db"), Is.EqualTo("""{"user":"ada","password":"canary-1"}"""));
        Assert.That(_server.TextOf("token"), Is.EqualTo("canary-2"));
    }

    [Test]
    public async Task Two_hundred_cold_reads_take_ten_calls()
    {
        for (int i = 0; i < 200; i++)
            _server.Put($"s{i}", "canary");
        await using AwsSecretsManagerSecretStore lean = AwsTestStore.Open(_server, options => options.ReadProperties = false);
        SecretRead[] reads = [.. Enumerable.Range(0, 200).Select(i => new SecretRead(SecretAddress.Public($"s{i}")))];
        IReadOnlyList<SecretReadResult> results = await lean.ReadAsync(reads, default);
        Assert.That(results.Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task One_bad_entry_of_a_batch_spoils_no_other()
    {
        _server.Put("good", "canary");
        _server.Put("gone", "canary");
        _server.Put("closed", "canary");
        await _store.DeleteAsync(new SecretDelete(SecretAddress.Public("gone")), default);
        _server.Allows = (action, name) => name != "closed";
        IReadOnlyList<SecretReadResult> results = await ReadManyAsync("good", "missing", "gone", "closed", "good");
        Assert.That(results.Select(result => result.Status), Is.EqualTo(
            [SecretReadStatus.Found, SecretReadStatus.NotFound, SecretReadStatus.NotFound, SecretReadStatus.MissingOrDenied, SecretReadStatus.Found]));
        Assert.That(results[2].Error!.Reason, Is.EqualTo("deleted"));
    }

    [Test]
    public async Task Without_the_right_to_batches_secrets_are_read_one_by_one()
    {
        _server.Put("a", "canary");
        _server.Put("b", "canary");
        _server.Allows = (action, _) => action == "GetSecretValue";
        for (int i = 0; i < 2; i++)
            Assert.That((await ReadManyAsync("a", "b")).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        // Denied once, not asked again: neither for batches nor for properties.
        Assert.That(_server.Calls.Count(call => call.Operation == "BatchGetSecretValue"), Is.EqualTo(1));
        Assert.That(_server.Calls.Count(call => call.Operation == "DescribeSecret"), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task An_explicit_deny_is_a_denial_and_no_other()
    {
        _server.Put("closed", "canary");
        _server.Allows = (_, _) => false;
        _server.DeniesExplicitly = true;
        Assert.That((await ReadOneAsync("closed")).Status, Is.EqualTo(SecretReadStatus.Denied));
        _server.DeniesExplicitly = false;
        Assert.That((await ReadOneAsync("closed")).Status, Is.EqualTo(SecretReadStatus.MissingOrDenied));
    }

    [Test]
    public async Task Describing_reads_no_value()
    {
        _server.Put("db", "canary");
        _server.Allows = (action, _) => action == "DescribeSecret";
        IReadOnlyList<SecretDescribeResult> results = await _store.DescribeAsync([SecretAddress.Public("db"), SecretAddress.Public("none")], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.NotFound]));
        Assert.That(_server.Calls.Select(call => call.Operation), Is.All.EqualTo("DescribeSecret"));
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
                return (await _store.WriteAsync(rival, default)).Version.Value;
            }
            catch (SecretException error) when (error.Code == SecretErrorCode.Conflict)
            {
                return "conflict";
            }
        }));
        Assert.That(outcomes.Count(outcome => outcome != "conflict"), Is.EqualTo(1));
        SecretPage versions = await _store.ListVersionsAsync(SecretAddress.Public("db"), null, default);
        Assert.That(versions.Items.Count(version => version.State == SecretVersionState.Current), Is.EqualTo(1));
        Assert.That(versions.Items.Single(version => version.State == SecretVersionState.Current).Version.Value, Is.EqualTo(outcomes.Single(outcome => outcome != "conflict")));
        Assert.That(versions.Items.Count(version => version.State == SecretVersionState.Pending), Is.Zero);
        Assert.That(_server.LabelsOf("db"), Is.EquivalentTo(new Dictionary<string, string>
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
        await _store.WriteAsync(new SecretWrite(given, new SecretValues { ["a"] = "canary" }), default);
        SecretProperties read = (await ReadAsync(SecretAddress.Public("db"))).Properties;
        Assert.That((read.Type, read.Description, read.ExpiresOn), Is.EqualTo((given.Type, given.Description, given.ExpiresOn)));
        Assert.That(read.Tags, Is.EqualTo(given.Tags));
    }

    [TestCase("AWS_ENDPOINT_URL")]
    [TestCase("AWS_ENDPOINT_URL_SECRETS_MANAGER")]
    public async Task An_endpoint_of_the_environment_is_signed_for_the_region_asked_for(string variable)
    {
        _server.Put("db", "canary");
        Environment.SetEnvironmentVariable(variable, _server.Url.AbsoluteUri);
        try
        {
            await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(_server, options => options.ServiceUrl = null);
            Assert.That((await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Test]
    public async Task The_SDK_retries_and_nothing_else_does()
    {
        _server.Put("db", "canary");
        await using AwsSecretsManagerSecretStore retrying = AwsTestStore.Open(_server, options =>
        {
            options.ReadProperties = false;
            options.ConfigureClient = client => client.MaxErrorRetry = 1;
        });
        _server.Fail("InternalServiceError", "An error occurred on the server side.", 500, times: 1);
        Assert.That((await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls, Has.Count.EqualTo(2));
        _server.Fail("InternalServiceError", "An error occurred on the server side.", 500, times: 10);
        _server.ForgetCalls();
        Assert.That((await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(_server.Calls, Has.Count.EqualTo(2));
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
        _server.Fail(type, "as the service says", status, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((code, reason, "aws-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException, Is.InstanceOf<AmazonServiceException>());
    }

    [TestCase(200)]
    [TestCase(503)]
    [TestCase(403)]
    public async Task A_page_of_a_proxy_is_no_answer(int status)
    {
        _server.Faults.WrongBody(status);
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That(error.Code, Is.EqualTo(status == 403 ? SecretErrorCode.Denied : SecretErrorCode.Unavailable));
        Assert.That(error.ToString(), Does.Not.Contain("guest network"));
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_middle_is_unavailable_and_shows_no_part_of_the_value()
    {
        _server.Put("db", """{"password":"canary-of-a-broken-answer"}""");
        // The SDK takes the first breaks for stale connections.
        _server.Faults.ResetMidBody(times: 100);
        SecretReadResult result = await ReadOneAsync("db");
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Failed));
        Assert.That(result.Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(result.Error.ToString(), Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_service_that_echoes_the_value_in_its_error_does_not_leak_it()
    {
        _server.Fail("ValidationException", "Value 'canary-echoed' at 'secretString' failed to satisfy constraint");
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(SecretAddress.Public("db"), new() { ["value"] = "canary-echoed" }))!;
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        Assert.That(((AmazonServiceException)error.InnerException!).ErrorCode, Is.EqualTo("ValidationException"));
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_call_that_hangs_ends_with_its_token()
    {
        _server.Put("db", "canary");
        TaskCompletionSource hold = _server.Faults.Hold();
        using CancellationTokenSource stop = new();
        Task<IReadOnlyList<SecretReadResult>> read = _store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], stop.Token).AsTask();
        await stop.CancelAsync();
        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
        hold.SetResult();
    }

    [Test]
    public async Task A_service_that_does_not_answer_in_time_is_timed_out()
    {
        _server.Faults.Hold();
        await using AwsSecretsManagerSecretStore hasty = AwsTestStore.Open(_server, options => options.ConfigureClient = client =>
        {
            client.MaxErrorRetry = 0;
            client.Timeout = TimeSpan.FromMilliseconds(50);
        });
        Assert.That((await hasty.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.TimedOut));
    }

    private static SecretProperties At(SecretAddress address) => new(address, default);

    private async Task<SecretProperties> WriteAsync(SecretAddress address, SecretValues values) =>
        await _store.WriteAsync(new SecretWrite(At(address), values), default);

    private async Task<SecretReadResult> ReadOneAsync(string name) => (await ReadManyAsync(name))[0];

    private async Task<IReadOnlyList<SecretReadResult>> ReadManyAsync(params string[] names) =>
        await _store.ReadAsync([.. names.Select(name => new SecretRead(SecretAddress.Public(name)))], default);

    private async Task<Secret> ReadAsync(SecretAddress address) => (await _store.ReadAsync([new SecretRead(address)], default))[0].Secret!;
}
