namespace Secrets.Injection.Tests.Client;

[TestFixture]
internal sealed class ChangingTests
{
    [Test]
    public async Task UpdateSecretAsync_merges()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", new() { ["user"] = "u", ["password"] = "p" }, new CreateSecretOptions { Description = "old", Tags = { ["a"] = "1" } });

        await rig.Client.UpdateSecretAsync("db", update => update.Set("password", "q").Set("port", "1"));
        await rig.Client.UpdateSecretAsync("db", update => update.Remove("user").Description = "new");

        Secret secret = await rig.Client.GetSecretAsync("db");
        Assert.That(secret.Keys, Is.EqualTo(new[] { "password", "port" }));
        Assert.That(secret["password"].RevealString(), Is.EqualTo("q"));
        Assert.That(secret.Properties.Description, Is.EqualTo("new"));
        Assert.That(secret.Properties.Tags["a"], Is.EqualTo("1"), "what is not named is kept");
    }

    [Test]
    public async Task Removing_a_key_that_is_not_there_names_the_key_and_the_secret()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        SecretException error = await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update => update.Remove("nope")));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.KeyNotFound));
        Assert.That(error.Message, Does.Contain("'nope'").And.Contain("'db'"));
    }

    [Test]
    public async Task Removing_the_last_key_is_refused()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        Assert.That((await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update => update.Remove("key")))).Reason, Is.EqualTo("no-keys"));
    }

    [Test]
    public async Task Updaters_of_different_keys_all_win()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () => await rig.Client.UpdateSecretAsync("db", update => update.Set($"k{i}", "v")))));

        Assert.That((await rig.Client.GetSecretAsync("db")).Keys, Has.Count.EqualTo(11));
    }

    [Test]
    public async Task A_conflict_is_retried_so_often_and_no_more()
    {
        await using ClientRig rig = new(client: builder => builder.ConfigureClient(options => options.MaxUpdateAttempts = 3));
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Conflict) { Operation = InMemoryOperation.Write });

        SecretException error = await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2")));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Conflict));
        Assert.That(rig.Store.Calls.Count(InMemoryOperation.Write), Is.EqualTo(1 + 3));
    }

    [Test]
    public async Task A_conditional_update_fails_if_another_came_first()
    {
        await using ClientRig rig = new();
        SecretProperties first = await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));

        SecretException error = await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update =>
        {
            update.IfVersion = first.Version;
            update.Set("key", "3");
        }));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Conflict));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("2"));
    }

    [TestCase(ClientRig.NoWatch)]
    [TestCase(ClientRig.NoWatch & ~SecretStoreFeatures.Move)]
    [TestCase(ClientRig.NoWatch & ~(SecretStoreFeatures.Move | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion))]
    public async Task Visibility_changes_in_both_directions_with_or_without_an_atomic_move(SecretStoreFeatures features)
    {
        await using ClientRig rig = new(store => store.Features = features);
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"), new CreateSecretOptions { Visibility = SecretVisibility.Private });

        await rig.Client.UpdateSecretAsync("db", update => update.Visibility = SecretVisibility.Public);
        Assert.That((await rig.Client.GetSecretAsync("db")).Properties.Visibility, Is.EqualTo(SecretVisibility.Public));
        await rig.Client.UpdateSecretAsync("db", update => update.Visibility = SecretVisibility.Private);

        Assert.That((await rig.Client.GetSecretAsync("db")).Properties.Visibility, Is.EqualTo(SecretVisibility.Private));
        Assert.That(await rig.Client.ListSecretsAsync().CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_visibility_that_is_taken_is_refused()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("public"));
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("mine"), new CreateSecretOptions { Visibility = SecretVisibility.Private });

        SecretException error = await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update => update.Visibility = SecretVisibility.Public));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.AlreadyExists));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("mine"));
    }

    [TestCase(ClientRig.NoWatch)]
    [TestCase(ClientRig.NoWatch & ~SecretStoreFeatures.Move)]
    public async Task RenameSecretAsync_keeps_everything_but_the_name(SecretStoreFeatures features)
    {
        await using ClientRig rig = new(store => store.Features = features);
        SecretProperties before = await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"), new CreateSecretOptions { Description = "d" });
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));

        SecretProperties after = await rig.Client.RenameSecretAsync("db", "database");

        Assert.That((after.Name, after.Description, after.Scope), Is.EqualTo(("database", "d", before.Scope)));
        Assert.That(await rig.ReadAsync("database"), Is.EqualTo("1"));
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
    }

    [TestCase(ClientRig.NoWatch)]
    [TestCase(ClientRig.NoWatch & ~(SecretStoreFeatures.Move | SecretStoreFeatures.WriteIfAbsent))]
    public async Task RenameSecretAsync_refuses_a_name_that_is_taken(SecretStoreFeatures features)
    {
        await using ClientRig rig = new(store => store.Features = features);
        await rig.Client.CreateSecretAsync("a", ClientRig.Key("1"));
        await rig.Client.CreateSecretAsync("b", ClientRig.Key("2"));

        Assert.That((await Refusal.OfAsync(rig.Client.RenameSecretAsync("a", "b"))).Code, Is.EqualTo(SecretErrorCode.AlreadyExists));
        Assert.That((await rig.ReadAsync("a"), await rig.ReadAsync("b")), Is.EqualTo(("1", "2")));
    }

    [Test]
    public async Task A_move_that_fails_half_way_is_taken_back()
    {
        await using ClientRig rig = new(store => store.Features = ClientRig.NoWatch & ~SecretStoreFeatures.Move);
        await rig.Client.CreateSecretAsync("a", ClientRig.Key("1"));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Delete, Times = 1 });

        Assert.That((await Refusal.OfAsync(rig.Client.RenameSecretAsync("a", "b"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));

        Assert.That(await rig.Client.ListSecretsAsync().Select(item => item.Name).ToListAsync(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task DeleteSecretAsync_deletes_the_one_that_applies()
    {
        await using ClientRig rig = new();
        rig.Put("db", "public");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "private");

        await rig.Client.DeleteSecretAsync("db");

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("public"));
    }

    [TestCase(SecretStoreFeatures.Write, "create")]
    [TestCase(SecretStoreFeatures.Delete, "delete")]
    [TestCase(SecretStoreFeatures.List, "list")]
    [TestCase(SecretStoreFeatures.Versions, "versions")]
    [TestCase(SecretStoreFeatures.Describe, "explain")]
    public async Task A_missing_capability_is_a_coded_error_that_names_store_and_capability(SecretStoreFeatures missing, string verb)
    {
        await using ClientRig rig = new(store => store.Features = ClientRig.NoWatch & ~missing);

        SecretException error = verb switch
        {
            "create" => await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", ClientRig.Key("1"))),
            "delete" => await Refusal.OfAsync(rig.Client.DeleteSecretAsync("a")),
            "list" => await Refusal.OfAsync(rig.Client.ListSecretsAsync().CountAsync()),
            "versions" => await Refusal.OfAsync(rig.Client.ListVersionsAsync(new SecretLookup("a")).CountAsync()),
            _ => await Refusal.OfAsync(rig.Client.ExplainAsync("a")),
        };

        Assert.That((error.Code, error.StoreName), Is.EqualTo((SecretErrorCode.Unsupported, "in-memory")));
        Assert.That(error.Message, Does.Contain(missing.ToString()).And.Contain("in-memory"));
    }

    [Test]
    public async Task A_private_secret_needs_an_owner()
    {
        await using ClientRig rig = new(client: builder => builder.ActAs(SecretPrincipal.Host));

        SecretException error = await Refusal.OfAsync(rig.Client.CreateSecretAsync("a", ClientRig.Key("1"), new CreateSecretOptions { Visibility = SecretVisibility.Private }));

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "no-owner")));
    }
}
