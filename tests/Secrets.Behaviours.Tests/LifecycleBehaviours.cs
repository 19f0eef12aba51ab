using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Updating, renaming, replacing, expiring, deleting one or many.</summary>
[TestFixture]
public sealed class LifecycleBehaviours
{
    [Test]
    [Behaviour("Z31", "Z32", "Z33")]
    public async Task An_update_merges_and_refuses_what_makes_no_sense()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["a"] = "1", ["b"] = "2" });
        await platform.Client.UpdateSecretAsync("db", update => update.Set("b", "3").Set("c", "4"));
        SecretException absent = await Platform.RefusedAsync(SecretErrorCode.KeyNotFound, () => platform.Client.UpdateSecretAsync("db", update => update.Set("a", "9").Remove("absent")).AsTask());
        Assert.That(absent.Message, Does.Contain("'absent'").And.Contain("'db'"));
        await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.UpdateSecretAsync("db", update => update.Set("a", "9").Remove("a")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.UpdateSecretAsync("db", update => update.Remove("a").Remove("b").Remove("c")).AsTask());
        Secret secret = await platform.Client.GetSecretAsync("db");
        Assert.That(secret.Keys.Select(key => $"{key}={secret[key].RevealString()}"), Is.EqualTo(new[] { "a=1", "b=3", "c=4" }));
    }

    [Test]
    [Behaviour("Z35")]
    public async Task A_rename_checks_again_that_the_name_is_free()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        await platform.Client.CreateSecretAsync("api", Platform.Pair("2"));
        await platform.Client.CreateSecretAsync("mine", Platform.Pair("3"), Platform.Private);
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.RenameSecretAsync("db", "api").AsTask());
        await platform.Client.RenameSecretAsync("db", "mine");
        Assert.That((await platform.Bob.GetSecretAsync("mine"))["key"].RevealString(), Is.EqualTo("1"), "The private one of that name is another place.");
    }

    [Test]
    [Behaviour("P06", "P16", "B18")]
    public async Task Set_replaces_wholly_and_create_does_not()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["a"] = "1", ["b"] = "2" }, new CreateSecretOptions { Description = "old", Type = "env" });
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.CreateSecretAsync("db", Platform.Pair("x")).AsTask());
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["a"] = "3" }, new CreateSecretOptions { Overwrite = true });
        Secret secret = await platform.Client.GetSecretAsync("db");
        Assert.That(secret.Keys, Is.EqualTo(new[] { "a" }));
        Assert.That((secret.Properties.Description, secret.Properties.Type), Is.EqualTo(((string?)null, (string?)null)), "What was left out is as by default.");
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.UpdateSecretAsync("absent", update => update.Set("a", "1")).AsTask());
    }

    [Test]
    [Behaviour("P22")]
    public async Task An_ephemeral_secret_is_not_given_after_its_time()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("token", Platform.One("x"), new CreateSecretOptions { ExpiresOn = platform.Clock.GetUtcNow().AddSeconds(30) });
        platform.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That((await platform.Client.GetSecretAsync("token")).SingleValue().RevealString(), Is.EqualTo("x"));
        platform.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(async () => await platform.Client.GetSecretAsync("token"), Throws.InstanceOf<SecretException>());
        Assert.That(platform.Client.TryGetSecret("token", out _), Is.False);
    }

    [Test]
    [Behaviour("M25", "M26", "B21")]
    public async Task Names_and_patterns_delete_several_and_all()
    {
        await using Platform platform = new();
        foreach (string name in new[] { "db-1", "db-2", "api", "api2", "x" })
            await platform.Client.CreateSecretAsync(name, Platform.Pair("1"));
        await platform.Bob.CreateSecretAsync("db-3", Platform.Pair("1"), Platform.Private);
        SecretBulkDeletion some = await platform.Client.DeleteSecretsAsync(["db-*", "api?", "db-1"]);
        Assert.That(some.Deleted.Select(item => item.Name), Is.EquivalentTo(new[] { "db-1", "db-2", "api2" }));
        SecretBulkDeletion all = await platform.Client.DeleteSecretsAsync(["*"]);
        Assert.That(all.Deleted.Select(item => item.Name), Is.EquivalentTo(new[] { "api", "x" }));
        Assert.That(await Platform.NamesAsync(platform.Bob.ListSecretsAsync()), Is.EqualTo(new[] { "db-3" }), "Somebody else's are not there to delete.");
    }

    [Test]
    [Behaviour("M27", "M28")]
    public async Task Without_names_or_without_a_match_nothing_is_deleted()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.DeleteSecretsAsync([]).AsTask())).Reason, Is.EqualTo("no-names"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.DeleteSecretsAsync(["db", "absent-*"]).AsTask());
        Assert.That(error.Message, Does.Contain("'absent-*'").And.Not.Contain("'db'"));
        Assert.That(await Platform.NamesAsync(platform.Client.ListSecretsAsync()), Is.EqualTo(new[] { "db" }));
    }

    [Test]
    [Behaviour("M29", "Z36")]
    public async Task A_deletion_that_is_not_confirmed_deletes_nothing()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        List<string> shown = [];
        SecretBulkDeletion declined = await platform.Client.DeleteSecretsAsync(["*"], (items, _) =>
        {
            shown.AddRange(items.Select(item => item.Name));
            return new ValueTask<bool>(false);
        });
        Assert.That(declined.WasDeclined, Is.True);
        Assert.That(shown, Is.EqualTo(new[] { "db" }));
        Assert.That(await Platform.NamesAsync(platform.Client.ListSecretsAsync()), Is.EqualTo(new[] { "db" }));
    }

    [Test]
    public async Task One_that_cannot_be_deleted_stops_no_other()
    {
        await using Platform platform = new();
        foreach (string name in new[] { "a", "b", "c" })
            await platform.Client.CreateSecretAsync(name, Platform.Pair("1"));
        platform.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Operation = InMemoryOperation.Delete, Address = SecretAddress.Public("b") });
        SecretBulkDeletion deletion = await platform.Client.DeleteSecretsAsync(["*"]);
        Assert.That(deletion.Deleted.Select(item => item.Name), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(deletion.Failed.Single().Error!.Code, Is.EqualTo(SecretErrorCode.Denied));
    }
}
