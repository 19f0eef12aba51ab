using Azure;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureWireTests : StoreTests
{
    [TestCase("MyDbPassword")]
    [TestCase("ConnectionStrings--Default")]
    [TestCase("db")]
    public async Task A_secret_of_the_portal_is_read_listed_updated_and_deleted_under_its_own_name(string name)
    {
        Server.Put(name, """{"user":"ada","port":5432}""");
        Secret secret = await ReadAsync(name);
        Assert.That(secret["port"].RevealString(), Is.EqualTo("5432"));
        Assert.That((await Store.ListAsync(new SecretListing(), default)).Items.Select(item => item.Address), Is.EqualTo([SecretAddress.Public(name)]));
        Assert.That((await Store.DescribeAsync([SecretAddress.Public(name)], default))[0].Properties!.Version, Is.EqualTo(secret.Version));
        await WriteAsync(name, new() { ["user"] = "bob" });
        Assert.That(Server.TextOf(name), Is.EqualTo("""{"user":"bob"}"""));
        Assert.That(Server.Names, Is.EqualTo([name]), "The update went to the secret that was there.");
        Assert.That((await ReadAsync(name))["user"].RevealString(), Is.EqualTo("bob"));
        await Store.DeleteAsync(new SecretDelete(SecretAddress.Public(name)), default);
        await Store.RecoverAsync(SecretAddress.Public(name), default);
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
        await Store.DeleteAsync(new SecretDelete(SecretAddress.Public("DB")), default);
        Assert.That((await ReadOneAsync("db")).Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_disabled_secret_stops_nothing_else()
    {
        Server.Put("off", "canary", enabled: false);
        Server.Put("on", "canary");
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(SecretAddress.Public("off")), new SecretRead(SecretAddress.Public("on"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That((results[0].Error!.Code, results[0].Error!.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
        Assert.That((await Store.ListAsync(new SecretListing(), default)).Items.Single(item => item.Name == "off").State, Is.EqualTo(SecretVersionState.Disabled));
    }

    [Test]
    public async Task A_cold_read_costs_one_call_after_the_first_challenge()
    {
        for (int i = 0; i < 50; i++)
            Server.Put($"s{i}", "canary");
        await ReadOneAsync("s0");
        Server.ForgetCalls();
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([.. Enumerable.Range(0, 50).Select(i => new SecretRead(SecretAddress.Public($"s{i}")))], default);
        Assert.That(results.Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(Server.Calls, Has.Count.EqualTo(50));
    }

    [Test]
    public async Task Versions_of_one_second_are_in_order()
    {
        List<SecretVersion> written = [];
        for (int i = 0; i < 30; i++)
            written.Add((await WriteAsync("db", new() { ["n"] = $"{i}" })).Version);
        written.Reverse();
        SecretPage page = await Store.ListVersionsAsync(SecretAddress.Public("db"), null, default);
        Assert.That(page.Items.Select(item => item.Version), Is.EqualTo(written));
        Assert.That(page.Items[0].State, Is.EqualTo(SecretVersionState.Current));
    }

    [Test]
    public async Task Describing_reads_no_value()
    {
        Server.Put("db", "canary");
        Server.Allows = (action, _) => action == "list";
        Assert.That((await Store.DescribeAsync([SecretAddress.Public("db")], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That((await ReadOneAsync("db")).Status, Is.EqualTo(SecretReadStatus.Denied));
    }

    [Test]
    public async Task A_writer_that_may_not_look_can_write()
    {
        Server.Allows = (action, _) => action == "set";
        await WriteAsync("db", new() { ["value"] = "canary" });
        Assert.That(Server.TextOf("db"), Is.EqualTo("canary"));
    }

    [Test]
    public async Task A_token_of_a_listing_never_leads_elsewhere()
    {
        await WriteAsync("db", new() { ["value"] = "canary" });
        for (int i = 0; i < 30; i++)
            Server.Put($"s{i}", "canary");
        string token = (await Store.ListAsync(new SecretListing { PageSize = 5 }, default)).ContinuationToken!;
        int end = token.IndexOf('l', token.IndexOf('.', StringComparison.Ordinal)) + 1;
        string forged = token[..end] + Convert.ToBase64String("https://elsewhere.example/secrets"u8);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => Store.ListAsync(new SecretListing { PageSize = 5, ContinuationToken = forged }, default).AsTask())!;
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
        await Store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("db"), default) { Description = description }, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await ReadAsync("db")).Properties.Description, Is.EqualTo(description));
    }

    [TestCase(429, "Throttled", null, SecretErrorCode.Throttled, null)]
    [TestCase(503, "ServiceUnavailable", null, SecretErrorCode.Unavailable, null)]
    [TestCase(500, "InternalServerError", null, SecretErrorCode.Unavailable, null)]
    [TestCase(403, "Forbidden", "ForbiddenByFirewall", SecretErrorCode.Denied, "network")]
    [TestCase(409, "Conflict", null, SecretErrorCode.Conflict, null)]
    [TestCase(400, "BadParameter", null, SecretErrorCode.InvalidArgument, null)]
    public async Task Faults_of_the_service_have_codes(int status, string code, string? inner, SecretErrorCode expected, string? reason)
    {
        Server.Fail(status, code, "as the service says", inner, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((expected, reason, "azure-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException, Is.InstanceOf<RequestFailedException>().With.Message.Contain("as the service says"));
    }
}
