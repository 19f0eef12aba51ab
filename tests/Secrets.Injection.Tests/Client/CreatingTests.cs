namespace Secrets.Injection.Tests.Client;

[TestFixture]
internal sealed class CreatingTests
{
    [Test]
    public async Task CreateSecretAsync_keeps_what_it_is_given()
    {
        await using ClientRig rig = new();
        DateTimeOffset expiry = rig.Time.GetUtcNow().AddDays(1);

        SecretProperties created = await rig.Client.CreateSecretAsync("db", new() { ["user"] = "u", ["password"] = "" }, new CreateSecretOptions
        {
            Scope = SecretScope.Project("churn"),
            Type = "env",
            Description = "the database",
            Tags = new Dictionary<string, string> { ["owner"] = "data" },
            ExpiresOn = expiry,
        });

        Secret read = await rig.Client.GetSecretAsync(new SecretLookup("db") { Scope = SecretScope.Project("churn") });
        Assert.That(created.Version, Is.EqualTo(read.Version));
        Assert.That(read.Keys, Is.EqualTo(new[] { "user", "password" }));
        Assert.That(read["password"].ByteCount, Is.Zero, "empty is a value");
        Assert.That((read.Properties.Type, read.Properties.Description, read.Properties.ExpiresOn), Is.EqualTo(("env", "the database", (DateTimeOffset?)expiry)));
        Assert.That(read.Properties.Tags["owner"], Is.EqualTo("data"));
    }

    [Test]
    public async Task CreateSecretAsync_refuses_a_name_that_is_taken_in_the_same_place()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        SecretException error = await Refusal.OfAsync(rig.Client.CreateSecretAsync("db", ClientRig.Key("2")));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.AlreadyExists));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("3"), new CreateSecretOptions { Visibility = SecretVisibility.Private });
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("3"), "the same name may be private too");
    }

    [Test]
    public async Task CreateSecretAsync_replaces_when_told_to_overwrite()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", new() { ["a"] = "1", ["b"] = "2" });

        await rig.Client.CreateSecretAsync("db", ClientRig.Key("3"), new CreateSecretOptions { Overwrite = true });

        Assert.That((await rig.Client.GetSecretAsync("db")).Keys, Is.EqualTo(new[] { "key" }));
    }

    [TestCase("")]
    [TestCase("/a")]
    [TestCase("a//b")]
    [TestCase("a/../b")]
    [TestCase("..")]
    [TestCase(".a")]
    [TestCase("-a")]
    [TestCase("a b")]
    [TestCase("naïve")]
    [TestCase("a\n")]
    public async Task A_bad_name_is_refused_before_anything_is_written(string name)
    {
        await using ClientRig rig = new();

        SecretException error = await Refusal.OfAsync(rig.Client.CreateSecretAsync(name, ClientRig.Key("1")));

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name")));
        Assert.That(rig.Store.Calls.Total, Is.Zero);
    }

    [Test]
    public async Task Names_of_1_to_253_chars_are_fine_and_254_are_not()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("a", ClientRig.Key("1"));
        await rig.Client.CreateSecretAsync(new string('a', 253), ClientRig.Key("1"));
        await rig.Client.CreateSecretAsync("_team/db.main-1", ClientRig.Key("1"));

        Assert.That((await Refusal.OfAsync(rig.Client.CreateSecretAsync(new string('a', 254), ClientRig.Key("1")))).Reason, Is.EqualTo("name"));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a b")]
    [TestCase("a/b")]
    public async Task A_bad_key_is_refused(string key)
    {
        await using ClientRig rig = new();

        SecretException error = await Refusal.OfAsync(rig.Client.CreateSecretAsync("db", new() { [key] = "1" }));

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "key")));
    }

    [Test]
    public async Task A_secret_with_a_strange_key_is_read_and_can_be_changed()
    {
        await using ClientRig rig = new();
        rig.Store.Put(SecretAddress.Public("odd"), new() { ["a b"] = "1" });

        Assert.That((await rig.Client.GetSecretAsync("odd"))["a b"].RevealString(), Is.EqualTo("1"));
        await rig.Client.UpdateSecretAsync("odd", update => update.Set("c", "2"));
        Assert.That((await rig.Client.GetSecretAsync("odd")).Keys, Is.EqualTo(new[] { "a b", "c" }));
    }

    [Test]
    public async Task Limits_are_checked_before_anything_is_written()
    {
        await using ClientRig rig = new(store => (store.MaxValueBytes, store.Features) = (16, ClientRig.NoWatch & ~SecretStoreFeatures.Binary));
        SecretException[] errors =
        [
            await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", [])),
            await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", ClientRig.Key(new string('x', 17)))),
            await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", ClientRig.Key("1"), new CreateSecretOptions { Description = new string('x', 1025) })),
            await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", new() { ["b"] = SecretValue.FromBytes([0xFF]) })),
        ];

        Assert.That(errors.Select(error => error.Reason), Is.EqualTo(new[] { "no-keys", "value-too-long", "description", "capability" }));
        Assert.That(rig.Store.Calls.Total, Is.Zero);
    }
}
