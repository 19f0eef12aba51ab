using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleWireTests
{
    private readonly GoogleSecretManagerServer _server = new();
    private GoogleSecretManagerSecretStore _store = null!;

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Open()
    {
        _server.Clear();
        _store = GoogleTestStore.Open(_server);
    }

    [TearDown]
    public async Task CloseAsync() => await _store.DisposeAsync();

    [Test]
    public async Task A_secret_of_the_console_is_read_under_its_own_name_and_ours_look_like_the_consoles()
    {
        _server.Put("My_Db-Password", """{"user":"ada","port":5432}""");
        Assert.That((await ReadAsync("My_Db-Password"))["port"].RevealString(), Is.EqualTo("5432"));
        await WriteAsync("My_Db-Password", new() { ["user"] = "bob" });
        await WriteAsync("token", new() { ["value"] = "canary" });
        Assert.That(_server.TextOf("My_Db-Password"), Is.EqualTo("""{"user":"bob"}"""));
        Assert.That(_server.TextOf("token"), Is.EqualTo("canary"));
    }

    [Test]
    public async Task A_version_is_read_by_number_and_by_alias()
    {
        _server.Put("db", "first");
        _server.Put("db", "second");
        Assert.That((await ReadAsync("db", "1")).SingleValue().RevealString(), Is.EqualTo("first"));
        _server.Alias("db", "stable", 1);
        Secret stable = await ReadAsync("db", "stable");
        Assert.That(stable.SingleValue().RevealString(), Is.EqualTo("first"));
        Assert.That(stable.Version, Is.EqualTo((await ReadAsync("db", "1")).Version), "It is named by its number, which is what the alias may leave.");
        _server.Alias("db", "stable", 2);
        Assert.That((await ReadAsync("db", "stable")).SingleValue().RevealString(), Is.EqualTo("second"));
        Assert.That((await ReadOneAsync("db", "no-such-alias")).Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That((await ReadOneAsync("db", "../../other")).Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_disabled_version_stops_nothing_else()
    {
        _server.Put("off", "canary");
        _server.Disable("off");
        _server.Put("on", "canary");
        IReadOnlyList<SecretReadResult> results = await _store.ReadAsync([new SecretRead(SecretAddress.Public("off")), new SecretRead(SecretAddress.Public("on"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That(results[0].Error!.Reason, Is.EqualTo("disabled"));
        Assert.That((await _store.DescribeAsync([SecretAddress.Public("off")], default))[0].Properties!.State, Is.EqualTo(SecretVersionState.Disabled));
    }

    [Test]
    public async Task An_accessor_that_sees_no_properties_reads_and_asks_once()
    {
        _server.Put("a", "canary");
        _server.Allows = (permission, _) => permission == "versions.access";
        for (int i = 0; i < 3; i++)
            Assert.That((await ReadOneAsync("a")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls.Count(call => call.Operation == "secrets.get"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_writer_that_may_not_look_can_add_a_version()
    {
        _server.Put("db", "before");
        _server.Allows = (permission, _) => permission == "versions.add";
        await WriteAsync("db", new() { ["value"] = "after" });
        Assert.That(_server.TextOf("db"), Is.EqualTo("after"));
    }

    [Test]
    public async Task A_secret_whose_value_was_refused_is_not_left_behind()
    {
        _server.Fail(500, "INTERNAL", "no", "versions.add");
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync("db", new() { ["value"] = "canary" }))!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(_server.Names, Is.Empty);
        await WriteAsync("db", new() { ["value"] = "canary" });
    }

    [Test]
    public async Task Tags_are_labels_where_the_service_allows_it_and_annotations_otherwise()
    {
        Dictionary<string, string> tags = new() { ["env"] = "prod", ["Owner"] = "Ada Lovelace" };
        await _store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("db"), default) { Tags = tags, Type = "s3" }, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await ReadAsync("db")).Properties.Tags, Is.EquivalentTo(tags));
        Assert.That((await _store.ListAsync(new SecretListing(), default)).Items.Single().Type, Is.EqualTo("s3"));
    }

    [Test]
    public async Task Expiry_is_kept_and_deletes_only_when_asked_to()
    {
        ManualTimeProvider clock = new();
        await using GoogleSecretManagerServer server = new(clock);
        await server.StartAsync();
        await using GoogleSecretManagerSecretStore keeping = GoogleTestStore.Open(server);
        await using GoogleSecretManagerSecretStore deleting = GoogleTestStore.Open(server, options => options.DeleteExpired = true);
        DateTimeOffset expires = clock.GetUtcNow().AddHours(1);
        foreach ((ISecretStore store, string name) in new[] { ((ISecretStore)keeping, "kept"), (deleting, "gone") })
        {
            SecretProperties properties = new(SecretAddress.Public(name), default) { ExpiresOn = expires };
            SecretProperties written = await store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default);
            Assert.That(written.ExpiresOn, Is.EqualTo(expires));
        }

        SecretRead[] both = [new(SecretAddress.Public("kept")), new(SecretAddress.Public("gone"))];
        IReadOnlyList<SecretReadResult> before = await keeping.ReadAsync(both, default);
        Assert.That(before.Select(result => result.Secret?.Properties.ExpiresOn), Is.EqualTo(new DateTimeOffset?[] { expires, expires }));
        clock.Advance(TimeSpan.FromHours(2));
        IReadOnlyList<SecretReadResult> after = await keeping.ReadAsync(both, default);
        Assert.That(after.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.NotFound]));
        Assert.That(after[0].Secret!.Properties.ExpiresOn, Is.EqualTo(expires));
    }

    [Test]
    public async Task The_quota_project_is_named_on_every_call()
    {
        _server.Put("db", "canary");
        await using GoogleSecretManagerSecretStore paying = GoogleTestStore.Open(_server, options => options.QuotaProject = "who-pays");
        await paying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default);
        Assert.That(_server.QuotaProjects, Is.EqualTo(["who-pays", "who-pays"]), "The value's call and the properties'.");
        await _store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default);
        Assert.That(_server.QuotaProjects.Skip(2), Is.EqualTo(new string?[] { null, null }), "Without the option, nobody is named.");
    }

    [Test]
    public async Task The_SDK_retries_and_nothing_else_does()
    {
        _server.Put("db", "canary");
        await using GoogleSecretManagerSecretStore retrying = GoogleTestStore.Open(_server, options =>
        {
            options.ReadProperties = false;
            options.ConfigureClient = client => client.MessageHandler.NumTries = 2;
        });
        _server.Fail(503, "UNAVAILABLE", "busy", times: 1);
        Assert.That((await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls, Has.Count.EqualTo(2));
        _server.ForgetCalls();
        _server.Fail(503, "UNAVAILABLE", "busy", times: 10);
        Assert.That((await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(_server.Calls, Has.Count.EqualTo(2));
    }

    [TestCase(429, "RESOURCE_EXHAUSTED", "Quota", SecretErrorCode.Throttled, null)]
    [TestCase(500, "INTERNAL", "x", SecretErrorCode.Unavailable, null)]
    [TestCase(504, "DEADLINE_EXCEEDED", "x", SecretErrorCode.TimedOut, null)]
    [TestCase(403, "PERMISSION_DENIED", "Secret Manager API has not been used in project 1 before or it is disabled.", SecretErrorCode.Denied, "api-disabled")]
    [TestCase(409, "ABORTED", "x", SecretErrorCode.Conflict, null)]
    [TestCase(400, "INVALID_ARGUMENT", "x", SecretErrorCode.InvalidArgument, null)]
    public async Task Faults_of_the_service_have_codes(int status, string word, string message, SecretErrorCode expected, string? reason)
    {
        _server.Fail(status, word, message, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((expected, reason, "google-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException!.Message, Does.Contain(message));
    }

    [TestCase(200)]
    [TestCase(503)]
    public async Task A_page_of_a_proxy_is_no_answer(int status)
    {
        _server.Faults.WrongBody(status);
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(error.ToString(), Does.Not.Contain("guest network"));
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_middle_is_unavailable_and_shows_no_part_of_the_value()
    {
        _server.Put("db", """{"password":"canary-of-a-broken-answer"}""");
        _server.Faults.ResetMidBody(times: 100);
        SecretReadResult result = await ReadOneAsync("db");
        Assert.That(result.Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(result.Error.ToString(), Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_call_that_hangs_ends_with_its_token()
    {
        _server.Put("db", "canary");
        _server.Faults.Hold();
        using CancellationTokenSource stop = new();
        Task<IReadOnlyList<SecretReadResult>> read = _store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], stop.Token).AsTask();
        await stop.CancelAsync();
        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_service_that_does_not_answer_in_time_is_timed_out()
    {
        _server.Faults.Hold();
        await using GoogleSecretManagerSecretStore hasty = GoogleTestStore.Open(_server, options => options.ConfigureClient += client => client.Timeout = TimeSpan.FromMilliseconds(50));
        Assert.That((await hasty.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.TimedOut));
    }

    [TestCase("", "0")]
    [TestCase("123456789", "3808858755")]
    public void The_checksum_is_the_published_one(string text, string expected) =>
        Assert.That(Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    private async Task<SecretProperties> WriteAsync(string name, SecretValues values) =>
        await _store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), values), default);

    private async Task<SecretReadResult> ReadOneAsync(string name, string? version = null) =>
        (await _store.ReadAsync([new SecretRead(SecretAddress.Public(name), version is null ? null : new SecretVersion(version))], default))[0];

    private async Task<Secret> ReadAsync(string name, string? version = null)
    {
        SecretReadResult result = await ReadOneAsync(name, version);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Found), result.Error?.Message);
        return result.Secret!;
    }
}
