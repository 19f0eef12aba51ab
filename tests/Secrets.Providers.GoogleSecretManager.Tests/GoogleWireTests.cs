using Secrets.Testing;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleWireTests : StoreTests
{
    [Test]
    public async Task A_secret_of_the_console_is_read_under_its_own_name_and_ours_look_like_the_consoles()
    {
        Server.Put("My_Db-Password", """{"user":"ada","port":5432}""");
        Assert.That((await ReadAsync("My_Db-Password"))["port"].RevealString(), Is.EqualTo("5432"));
        await WriteAsync("My_Db-Password", new() { ["user"] = "bob" });
        await WriteAsync("token", new() { ["value"] = "canary" });
        Assert.That(Server.TextOf("My_Db-Password"), Is.EqualTo("""{"user":"bob"}"""));
        Assert.That(Server.TextOf("token"), Is.EqualTo("canary"));
    }

    [Test]
    public async Task A_version_is_read_by_number_and_by_alias()
    {
        Server.Put("db", "first");
        Server.Put("db", "second");
        Assert.That((await ReadAsync("db", "1")).SingleValue().RevealString(), Is.EqualTo("first"));
        Server.Alias("db", "stable", 1);
        Secret stable = await ReadAsync("db", "stable");
        Assert.That(stable.SingleValue().RevealString(), Is.EqualTo("first"));
        Assert.That(stable.Version, Is.EqualTo((await ReadAsync("db", "1")).Version), "It is named by its number, which is what the alias may leave.");
        Server.Alias("db", "stable", 2);
        Assert.That((await ReadAsync("db", "stable")).SingleValue().RevealString(), Is.EqualTo("second"));
        Assert.That((await ReadOneAsync("db", "no-such-alias")).Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That((await ReadOneAsync("db", "../../other")).Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_disabled_version_stops_nothing_else()
    {
        Server.Put("off", "canary");
        Server.Disable("off");
        Server.Put("on", "canary");
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(SecretAddress.Public("off")), new SecretRead(SecretAddress.Public("on"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That(results[0].Error!.Reason, Is.EqualTo("disabled"));
        Assert.That((await Store.DescribeAsync([SecretAddress.Public("off")], default))[0].Properties!.State, Is.EqualTo(SecretVersionState.Disabled));
    }

    [Test]
    public async Task An_accessor_that_sees_no_properties_reads_and_asks_once()
    {
        Server.Put("a", "canary");
        Server.Allows = (permission, _) => permission == "versions.access";
        for (int i = 0; i < 3; i++)
            Assert.That((await ReadOneAsync("a")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(Server.Calls.Count(call => call.Operation == "secrets.get"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_writer_that_may_not_look_can_add_a_version()
    {
        Server.Put("db", "before");
        Server.Allows = (permission, _) => permission == "versions.add";
        await WriteAsync("db", new() { ["value"] = "after" });
        Assert.That(Server.TextOf("db"), Is.EqualTo("after"));
    }

    [Test]
    public async Task A_secret_whose_value_was_refused_is_not_left_behind()
    {
        Server.Fail(500, "INTERNAL", "no", "versions.add");
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync("db", new() { ["value"] = "canary" }))!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(Server.Names, Is.Empty);
        await WriteAsync("db", new() { ["value"] = "canary" });
    }

    [Test]
    public async Task Tags_are_labels_where_the_service_allows_it_and_annotations_otherwise()
    {
        Dictionary<string, string> tags = new() { ["env"] = "prod", ["Owner"] = "Ada Lovelace" };
        await Store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("db"), default) { Tags = tags, Type = "s3" }, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await ReadAsync("db")).Properties.Tags, Is.EquivalentTo(tags));
        Assert.That((await Store.ListAsync(new SecretListing(), default)).Items.Single().Type, Is.EqualTo("s3"));
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
    public async Task A_new_secret_is_kept_where_the_options_say_and_where_the_service_likes_otherwise()
    {
        await WriteAsync("anywhere", new() { ["value"] = "canary" });
        await using GoogleSecretManagerSecretStore choosy = GoogleTestStore.Open(Server, options =>
        {
            options.ReplicaLocations.Add("europe-west3");
            options.ReplicaLocations.Add("europe-west1");
        });
        await choosy.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary" }), default);
        Assert.That(Server.ReplicationOf("anywhere"), Is.EqualTo("""{"automatic":{}}"""));
        Assert.That(Server.ReplicationOf("db"), Is.EqualTo("""{"userManaged":{"replicas":[{"location":"europe-west3"},{"location":"europe-west1"}]}}"""));
    }

    [Test]
    public async Task A_change_of_properties_by_somebody_else_in_between_is_seen_by_its_etag_and_not_undone()
    {
        Server.Put("db", "canary");
        // Between the look and the change, somebody else's change.
        Server.Fail(400, "FAILED_PRECONDITION", "The etag provided in the request does not match the resource's current etag.", "secrets.update");
        SecretProperties properties = new(Db, default) { Tags = new Dictionary<string, string> { ["env"] = "prod" } };
        await Store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((Count("secrets.get"), Count("secrets.update"), Count("versions.add")), Is.EqualTo((2, 2, 1)), "It looked again before it changed.");
    }

    [Test]
    public async Task The_quota_project_is_named_on_every_call()
    {
        Server.Put("db", "canary");
        await using GoogleSecretManagerSecretStore paying = GoogleTestStore.Open(Server, options => options.QuotaProject = "who-pays");
        await paying.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default);
        Assert.That(Server.QuotaProjects, Is.EqualTo(["who-pays", "who-pays"]), "The value's call and the properties'.");
        await Store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default);
        Assert.That(Server.QuotaProjects.Skip(2), Is.EqualTo(new string?[] { null, null }), "Without the option, nobody is named.");
    }

    [TestCase(429, "RESOURCE_EXHAUSTED", "Quota", SecretErrorCode.Throttled, null)]
    [TestCase(500, "INTERNAL", "x", SecretErrorCode.Unavailable, null)]
    [TestCase(504, "DEADLINE_EXCEEDED", "x", SecretErrorCode.TimedOut, null)]
    [TestCase(403, "PERMISSION_DENIED", "Secret Manager API has not been used in project 1 before or it is disabled.", SecretErrorCode.Denied, "api-disabled")]
    [TestCase(409, "ABORTED", "x", SecretErrorCode.Conflict, null)]
    [TestCase(400, "INVALID_ARGUMENT", "x", SecretErrorCode.InvalidArgument, null)]
    public async Task Faults_of_the_service_have_codes(int status, string word, string message, SecretErrorCode expected, string? reason)
    {
        Server.Fail(status, word, message, retryAfter: "7");
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((expected, reason, "google-test", SecretAddress.Public("db"))));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(error.InnerException!.Message, Does.Contain(message));
    }

    [TestCase("", "0")]
    [TestCase("123456789", "3808858755")]
    public void The_checksum_is_the_published_one(string text, string expected) =>
        Assert.That(Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));
}
