using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>The same day of work over stores that can much and stores that can little: what they lack, the client does.</summary>
[TestFixture("in memory")]
[TestFixture("in memory, only what every store can")]
[TestFixture("in memory, without conditions")]
[TestFixture("encrypted file")]
public sealed class EveryStoreBehaviours(string store)
{
    private const SecretStoreFeatures Everything = InMemorySecretStoreOptions.AllFeatures & ~SecretStoreFeatures.Watch;

    [Test]
    [Behaviour("P02", "P06", "Z19", "Z20", "Z21", "Z23", "Z24", "Z31", "Z32", "Z34", "Z35", "M25", "M28")]
    public async Task Secrets_are_made_found_changed_moved_and_deleted()
    {
        using TemporaryDirectory directory = new();
        await using SecretsClient ada = await OpenAsync(directory);
        SecretsClient bob = ada.As(new SecretPrincipal("bob", SecretRole.Member));
        CreateSecretOptions full = new() { Type = "env", Description = "orders", Tags = { ["team"] = "ml" }, ExpiresOn = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        SecretProperties made = await ada.CreateSecretAsync("db", new SecretValues { ["user"] = "ada", ["pass"] = "1" }, full);
        await ada.CreateSecretAsync("db", Platform.Pair("at project"), new CreateSecretOptions { Scope = SecretScope.Project("churn") });
        await bob.CreateSecretAsync("db", Platform.Pair("bob's"), Platform.Private);
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => ada.CreateSecretAsync("db", Platform.Pair("x")).AsTask());
        Assert.That(made.Visibility, Is.EqualTo(SecretVisibility.Public));

        SecretLookup team = new("db") { Scope = SecretScope.Team };
        Assert.That((await bob.GetSecretAsync(new SecretLookup("db") { Visibility = SecretVisibility.Private }))["key"].RevealString(), Is.EqualTo("bob's"));
        Assert.That((await ada.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("at project"));
        await ada.UpdateSecretAsync(team, update => update.Set("pass", "2").Set("port", "5432").Remove("user"));
        await Platform.RefusedAsync(SecretErrorCode.KeyNotFound, () => ada.UpdateSecretAsync(team, update => update.Remove("user")).AsTask());
        await ada.RenameSecretAsync(team, "orders");
        Secret orders = await ada.GetSecretAsync("orders");
        Assert.That(orders.Keys.Order().Select(key => $"{key}={orders[key].RevealString()}"), Is.EqualTo(new[] { "pass=2", "port=5432" }));
        Assert.That((orders.Properties.Id, orders.Properties.Type, orders.Properties.Description, orders.Properties.Tags["team"], orders.Properties.ExpiresOn), Is.EqualTo((made.Id, "env", "orders", "ml", full.ExpiresOn)), "A rename keeps all that it is.");

        await ada.UpdateSecretAsync("orders", update => update.Visibility = SecretVisibility.Private);
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => bob.GetSecretAsync("orders").AsTask());
        await ada.CreateSecretAsync("orders", Platform.Pair("public"));
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => ada.UpdateSecretAsync(new SecretLookup("orders") { Visibility = SecretVisibility.Private }, update => update.Visibility = SecretVisibility.Public).AsTask());
        await ada.CreateSecretAsync("orders", Platform.Pair("replaced"), new CreateSecretOptions { Overwrite = true });
        Assert.That((await bob.GetSecretAsync("orders"))["key"].RevealString(), Is.EqualTo("replaced"));

        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => ada.DeleteSecretsAsync(["orders", "absent"]).AsTask());
        Assert.That((await ada.DeleteSecretsAsync(["orde*"])).Deleted, Has.Count.EqualTo(2));
        Assert.That(await Platform.NamesAsync(ada.ListSecretsAsync()), Is.EqualTo(new[] { "db" }));
        Assert.That(await Platform.NamesAsync(bob.ListSecretsAsync()), Is.EqualTo(new[] { "db", "db" }));
    }

    [Test]
    [Behaviour("Z25", "Z26", "Z27", "Z43", "Z44", "Z45", "Z51", "Z52", "Z55", "B16", "P19")]
    public async Task Secrets_are_listed_filtered_sorted_paged_and_found_by_id()
    {
        using TemporaryDirectory directory = new();
        await using SecretsClient ada = await OpenAsync(directory);
        for (int i = 0; i < 25; i++)
            await ada.CreateSecretAsync($"s{i:d2}", Platform.Pair("x"), new CreateSecretOptions { Type = i % 2 == 0 ? "env" : null, Description = i == 7 ? "the nightly run" : null, Visibility = i % 5 == 0 ? SecretVisibility.Private : SecretVisibility.Public });
        SecretSort down = new(SecretField.Name, true);
        SecretListPage second = await ada.ListPageAsync(new SecretPageQuery { Sort = down, Page = 2 });
        Assert.That((second.Total, string.Join(',', second.Items.Select(item => item.Name))), Is.EqualTo((25, "s04,s03,s02,s01,s00")));
        SecretListPage first = await ada.ListPageAsync(new SecretPageQuery { Sort = down });
        Assert.That((await ada.ListPageAsync(new SecretPageQuery { Sort = down, After = first.NextPage })).Items.Select(item => item.Id), Is.EqualTo(second.Items.Select(item => item.Id)));
        Assert.That((await FilteredAsync(SecretFilterLogic.And, ("type", "env"), ("private", "true"))), Is.EqualTo("s00,s10,s20"));
        Assert.That((await FilteredAsync(SecretFilterLogic.Or, ("name", "startswith:s2"), ("description", "contains:nightly"))), Is.EqualTo("s07,s20,s21,s22,s23,s24"));
        Assert.That((await FilteredAsync(SecretFilterLogic.And, ("type", "isempty:"), ("name", "lte:s05"))), Is.EqualTo("s01,s03,s05"));
        Assert.That((await ada.ListPageAsync(new SecretPageQuery { Search = "NIGHTLY" })).Items.Single().Name, Is.EqualTo("s07"));

        SecretProperties some = second.Items[0];
        Assert.That((await ada.FindSecretAsync(some.Id.ToString())).Address, Is.EqualTo(some.Address));
        Assert.That((await ada.FindSecretAsync(some.Id.ToString()[..18])).Address, Is.EqualTo(some.Address));
        Assert.That((await Platform.RefusedAsync(SecretErrorCode.Ambiguous, () => ada.FindSecretAsync("s1", SecretVisibility.Public, allowPartialName: true).AsTask())).Message, Does.Contain("s11").And.Contain("s12"));

        async Task<string> FilteredAsync(SecretFilterLogic logic, params (string Field, string Condition)[] filters) => string.Join(',', (await ada.ListPageAsync(new SecretPageQuery
        {
            Filters = [.. filters.Select(filter => SecretFilter.Parse(filter.Field, filter.Condition))],
            Logic = logic,
            Sort = new SecretSort(SecretField.Name),
            Size = 100,
        })).Items.Select(item => item.Name));
    }

    [Test]
    [Behaviour("Z38", "Z76")]
    public async Task Secrets_are_exported_imported_and_registered([Values] SecretExchangeFormat format)
    {
        using TemporaryDirectory directory = new();
        await using SecretsClient ada = await OpenAsync(directory);
        SecretRegistrationResult registered = await ada.RegisterSecretsAsync([SecretTemplate.Parse("{{db.user}} {{db.pass}} ${HF_TOKEN}")], (request, _) => new ValueTask<SecretValue?>(SecretValue.FromString(request.QualifiedName)));
        Assert.That(registered.Created, Is.EqualTo(new[] { "db", "HF_TOKEN" }));
        await ada.CreateSecretAsync("keytab", new SecretValues { ["text"] = "\u00e9\n" }, Platform.Private);
        SecretValue document = await ada.ExportSecretsAsync(["*"], format);
        await ada.DeleteSecretsAsync(["*"]);
        await ada.ImportSecretsAsync(SecretExchange.ImportAll(document, format));
        Assert.That((await ada.ExportSecretsAsync(["*"], format)).RevealString(), Is.EqualTo(document.RevealString()));
        Assert.That(await ada.ResolveAsync("{{db.user}} ${HF_TOKEN} {{keytab.text}}"), Is.EqualTo("db.user HF_TOKEN \u00e9\n"));
    }

    private async Task<SecretsClient> OpenAsync(TemporaryDirectory directory)
    {
        Action<ISecretsBuilder> use;
        if (store == "encrypted file")
        {
            EncryptedFileOptions options = new(directory["a.secrets"]) { Anchor = new FileRollbackAnchor(directory["anchors"]) };
            options.Unlock.Add(UnlockMethod.KeyFile(directory["a.key"]));
            EncryptedFileSecretStore file = await EncryptedFileSecretStore.CreateAsync(options);
            use = builder => builder.UseStore(_ => file);
        }
        else
        {
            SecretStoreFeatures features = store switch
            {
                "in memory" => Everything,
                "in memory, without conditions" => Everything & ~(SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion | SecretStoreFeatures.Move),
                _ => SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe,
            };
            InMemorySecretStore memory = new(new InMemorySecretStoreOptions { Features = features });
            use = builder => builder.UseInMemory(memory);
        }

        return SecretsClient.Create(builder =>
        {
            builder.Services.AddSingleton(new Random(7));
            use(builder);
            builder.ActAs("ada", SecretRole.Admin).WithScopes(project: "churn");
        });
    }
}
