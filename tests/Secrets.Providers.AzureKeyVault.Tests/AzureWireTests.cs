using Azure;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureWireTests
{
    private AzureKeyVaultServer _server = null!;
    private AzureKeyVaultSecretStore _store = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await AzureTestStore.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Open()
    {
        _server.Clear();
        _store = AzureTestStore.Open(_server);
    }

    [TearDown]
    public async Task CloseAsync() => await _store.DisposeAsync();

    [TestCase("MyDbPassword")]
    [TestCase("ConnectionStrings--Default")]
    [TestCase("db")]
    public async Task A_secret_of_the_portal_is_read_listed_updated_and_deleted_under_its_own_name(string name)
    {
        _server.Put(name, """{"user":"ada","port":5432}""");
        Secret secret = await ReadAsync(name);
        Assert.That(secret["port"].RevealString(), Is.EqualTo("5432"));
        Assert.That((await _store.ListAsync(new SecretListing(), default)).Items.Select(item => item.Address), Is.EqualTo([SecretAddress.Public(name)]));
        Assert.That((await _store.DescribeAsync([SecretAddress.Public(name)], default))[0].Properties!.Version, Is.EqualTo(secret.Version));
        await WriteAsync(name, new() { ["user"] = "bob" });
        Assert.That(_server.TextOf(name), Is.EqualTo("""{"user":"bob"}"""));
        Assert.That(_server.Names, Is.EqualTo([name]), "The update went to the secret that was there.");
        Assert.That((await ReadAsync(name))["user"].RevealString(), Is.EqualTo("bob"));
        await _store.DeleteAsync(new SecretDelete(SecretAddress.Public(name)), default);
        await _store.RecoverAsync(SecretAddress.Public(name), default);
        Assert.That((await ReadAsync(name))["user"].RevealString(), Is.EqualTo("bob"));
    }

    [Test]
    public async Task Our_own_names_that_differ_by_case_are_different_secrets()
    {
        await WriteAsync("db", new() { ["value"] = "1" });
        Assert.That((await ReadOneAsync("DB")).Status, Is.EqualTo(SecretReadStatus.NotFound));
        await WriteAsync("DB", new() { ["value"] = "2" });
        Assert.That((await ReadAsync("db")).SingleValue().RevealString(), Is.EqualTo("1"));
        Assert.That((await ReadAsync("DB")).SingleValue().RevealString(), Is.EqualTo("2"));
        await _store.DeleteAsync(new SecretDelete(SecretAddress.Public("DB")), default);
        Assert.That((await ReadOneAsync("db")).Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_disabled_secret_stops_nothing_else()
    {
        _server.Put("off", "canary", enabled: false);
        _server.Put("on", "canary");
        IReadOnlyList<SecretReadResult> results = await _store.ReadAsync([new SecretRead(SecretAddress.Public("off")), new SecretRead(SecretAddress.Public("on"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That((results[0].Error!.Code, results[0].Error!.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
        Assert.That((await _store.ListAsync(new SecretListing(), default)).Items.Single(item => item.Name == "off").State, Is.EqualTo(SecretVersionState.Disabled));
    }

    [Test]
    public async Task A_cold_read_costs_one_call_after_the_first_challenge()
    {
        for (int i = 0; i < 50; i++)
            _server.Put($"s{i}", "canary");
        await ReadOneAsync("s0");
        _server.ForgetCalls();
        IReadOnlyList<SecretReadResult> results = await _store.ReadAsync([.. Enumerable.Range(0, 50).Select(i => new SecretRead(SecretAddress.Public($"s{i}")))], default);
        Assert.That(results.Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls, Has.Count.EqualTo(50));
    }

    [Test]
    public async Task Versions_of_one_second_are_in_order()
    {
        List<SecretVersion> written = [];
        for (int i = 0; i < 30; i++)
            written.Add((await WriteAsync("db", new() { ["n"] = $"{i}" })).Version);
        written.Reverse();
        SecretPage page = await _store.ListVersionsAsync(SecretAddress.Public("db"), null, default);
        Assert.That(page.Items.Select(item => item.Version), Is.EqualTo(written));
        Assert.That(page.Items[0].State, Is.EqualTo(SecretVersionState.Current));
    }

    [Test]
    public async Task Describing_reads_no_value()
    {
        _server.Put("db", "canary");
        _server.Allows = (action, _) => action == "list";
        Assert.That((await _store.DescribeAsync([SecretAddress.Public("db")], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That((await ReadOneAsync("db")).Status, Is.EqualTo(SecretReadStatus.Denied));
    }

    [Test]
    public async Task A_writer_that_may_not_look_can_write()
    {
        _server.Allows = (action, _) => action == "set";
        await WriteAsync("db", new() { ["value"] = "canary" });
        Assert.That(_server.TextOf("db"), Is.EqualTo("canary"));
    }

    [Test]
    public async Task A_token_of_a_listing_never_leads_elsewhere()
    {
        await WriteAsync("db", new() { ["value"] = "canary" });
        for (int i = 0; i < 30; i++)
            _server.Put($"s{i}", "canary");
        string token = (await _store.ListAsync(new SecretListing { PageSize = 5 }, default)).ContinuationToken!;
        int end = token.IndexOf('l', token.IndexOf('.', StringComparison.Ordinal)) + 1;
        string forged = token[..end] + Convert.ToBase64String("https://elsewhere.example/secrets"u8);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => _store.ListAsync(new SecretListing { PageSize = 5, ContinuationToken = forged }, default).AsTask())!;
        Assert.That(error.Reason, Is.EqualTo("continuation-token"));
    }

    [Test]
    public async Task Empty_is_a_value()
    {
        await WriteAsync("db", new() { ["value"] = "" });
        Assert.That((await ReadAsync("db")).SingleValue().ByteCount, Is.Zero);
    }

    [Test]
    public async Task A_long_description_survives_the_short_tags()
    {
        string description = string.Concat(Enumerable.Range(0, 1024).Select(i => (char)('a' + (i % 26))));
        await _store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("db"), default) { Description = description }, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await ReadAsync("db")).Properties.Description, Is.EqualTo(description));
    }

    [Test]
    public async Task The_SDK_retries_and_nothing_else_does()
    {
        _server.Put("db", "canary");
        await using AzureKeyVaultSecretStore retrying = AzureTestStore.Open(_server, options => options.ConfigureClient += client =>
        {
            client.Retry.MaxRetries = 1;
            client.Retry.Delay = TimeSpan.FromMilliseconds(1);
        });
        await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default);
        _server.ForgetCalls();
        _server.Fail(503, "ServiceUnavailable", "busy", times: 10);
        Assert.That((await retrying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(_server.Calls, Has.Count.EqualTo(2));
    }

    [TestCase(429, "Throttled", null, SecretErrorCode.Throttled, null)]
    [TestCase(503, "ServiceUnavailable", null, SecretErrorCode.Unavailable, null)]
    [TestCase(500, "InternalServerError", null, SecretErrorCode.Unavailable, null)]
    [TestCase(403, "Forbidden", "ForbiddenByFirewall", SecretErrorCode.Denied, "network")]
    [TestCase(409, "Conflict", null, SecretErrorCode.Conflict, null)]
    [TestCase(400, "BadParameter", null, SecretErrorCode.InvalidArgument, null)]
    public async Task Faults_of_the_service_have_codes(int status, string code, string? inner, SecretErrorCode expected, string? reason)
    {
        _server.Fail(status, code, "as the service says", inner, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((expected, reason, "azure-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException, Is.InstanceOf<RequestFailedException>().With.Message.Contain("as the service says"));
    }

    [TestCase(200)]
    [TestCase(503)]
    public async Task A_page_of_a_proxy_is_no_answer(int status)
    {
        _server.Faults.WrongBody(status, times: 10);
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(error.ToString(), Does.Not.Contain("guest network"));
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_middle_is_unavailable_and_shows_no_part_of_the_value()
    {
        _server.Put("db", """{"password":"canary-of-a-broken-answer"}""");
        _server.Faults.ResetMidBody("get", times: 100);
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
        await using AzureKeyVaultSecretStore hasty = AzureTestStore.Open(_server, options => options.ConfigureClient += client => client.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(50));
        Assert.That((await hasty.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.TimedOut));
    }

    private async Task<SecretProperties> WriteAsync(string name, SecretValues values) =>
        await _store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), values), default);

    private async Task<SecretReadResult> ReadOneAsync(string name) => (await _store.ReadAsync([new SecretRead(SecretAddress.Public(name))], default))[0];

    private async Task<Secret> ReadAsync(string name)
    {
        SecretReadResult result = await ReadOneAsync(name);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Found), result.Error?.Message);
        return result.Secret!;
    }
}
