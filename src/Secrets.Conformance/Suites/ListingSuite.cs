using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Listing gives properties, page by page, each once, and never a value.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class ListingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private static readonly SecretAddress Mine = SecretAddress.Private(SecretScope.Team, "ada", "mine");
    private static readonly SecretAddress Hers = SecretAddress.Private(SecretScope.Team, "bob", "hers");
    private static readonly SecretAddress Churn = SecretAddress.Public(SecretScope.Project("churn"), "db");

    [Test]
    public async Task An_empty_store_lists_nothing()
    {
        if (!await CanListAsync()) return;
        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task All_public_secrets_are_listed_with_their_properties()
    {
        if (!await CanListAsync()) return;
        await PutAsync(Db, One("1"));
        await PutAsync(Api, One("2"));
        List<SecretProperties> items = await ListAsync();
        Assert.That(items.Select(item => item.Address), Is.EquivalentTo(new[] { Db, Api }));
        Assert.That(items.Select(item => item.State), Is.All.EqualTo(SecretVersionState.Current));
    }

    [Test]
    public async Task Key_names_are_listed_exactly_where_declared()
    {
        if (!await CanListAsync()) return;
        await PutAsync(Db, One("1"));
        IReadOnlyList<string>? keys = (await ListAsync()).Single().KeyNames;
        Assert.That(keys, Declares(SecretStoreFeatures.KeysWithoutValues) ? Is.EqualTo(new[] { SecretProperties.SingleKey }) : Is.Null);
    }

    [Test]
    public async Task No_value_is_in_a_listing()
    {
        if (!await CanListAsync()) return;
        string value = Unique();
        await PutAsync(Db, One(value));
        SecretPage page = await Store.ListAsync(new SecretListing { PageSize = 1 }, Cancel);
        string shown = string.Join('\n', page.Items.Select(item => $"{item}\n{item.Description}\n{string.Join(',', item.Tags)}\n{string.Join(',', item.KeyNames ?? [])}\n{item.Version}"));
        Assert.That(shown + page.ContinuationToken, Does.Not.Contain(value));
    }

    [Test]
    public async Task Private_secrets_are_listed_for_their_owner_only()
    {
        if (!await CanListAsync()) return;
        SecretAddress[] held = await PutAllAsync(Db, Mine, Hers);
        Assert.That(Addresses(await ListAsync()), Is.EquivalentTo(held.Where(address => address.Owner is null)));
        Assert.That(Addresses(await ListAsync(new SecretListing { Owner = "ada" })), Is.EquivalentTo(held.Where(address => address != Hers)));
        Assert.That(Addresses(await ListAsync(new SecretListing { Owner = "ada", IncludePublic = false })), Is.EquivalentTo(held.Where(address => address == Mine)));
        Assert.That(Addresses(await ListAsync(new SecretListing { AllOwners = true })), Is.EquivalentTo(held));
    }

    [Test]
    public async Task Scopes_narrow_a_listing()
    {
        if (!await CanListAsync()) return;
        SecretAddress[] held = await PutAllAsync(Db, Churn, SecretAddress.Public(SecretScope.Project("churn2"), "db"), SecretAddress.Public(SecretScope.Cluster("churn"), "db"));
        Assert.That(Addresses(await ListAsync(new SecretListing { Scopes = [SecretScope.Project("churn")] })), Is.EquivalentTo(held.Where(address => address == Churn)));
        Assert.That(Addresses(await ListAsync(new SecretListing { Scopes = [SecretScope.Project("churn"), SecretScope.Team] })), Is.EquivalentTo(held.Where(address => address == Churn || address == Db)));
        Assert.That(await ListAsync(new SecretListing { Scopes = [] }), Is.Empty);
    }

    [Test]
    public async Task A_prefix_narrows_a_listing_exactly()
    {
        if (!await CanListAsync()) return;
        foreach (string name in new[] { "db", "db2", "DB3", "adb", "d", "d-b" })
            await PutAsync(SecretAddress.Public(name), One("1"));
        Assert.That((await ListAsync(new SecretListing { NamePrefix = "db" })).Select(item => item.Name), Is.EquivalentTo(new[] { "db", "db2" }));
        Assert.That(await ListAsync(new SecretListing { NamePrefix = "" }), Has.Count.EqualTo(6));
        Assert.That(await ListAsync(new SecretListing { NamePrefix = "x" }), Is.Empty);
    }

    [Test]
    public async Task More_than_a_thousand_secrets_come_each_once()
    {
        if (!await CanListAsync()) return;
        string[] names = [.. Enumerable.Range(0, Fixture.ManySecrets).Select(i => $"name-{i:d5}")];
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = Store.Capabilities.MaxConcurrency, CancellationToken = Cancel },
            async (name, _) => await PutAsync(SecretAddress.Public(name), One(name)));
        Assert.That((await ListAsync(new SecretListing { PageSize = 100 })).Select(item => item.Name), Is.EquivalentTo(names));
        Assert.That((await ListAsync(new SecretListing { PageSize = 10_000 })).Select(item => item.Name), Is.EquivalentTo(names));
    }

    [Test]
    public async Task The_order_is_the_same_each_time_and_for_every_page_size()
    {
        if (!await CanListAsync()) return;
        SecretAddress[] held = await PutAllAsync(Db, Api, Mine, Churn, SecretAddress.Public("\u00e9"), SecretAddress.Public("Z"), SecretAddress.Public("a"));
        List<SecretAddress> all = Addresses(await ListAsync(new SecretListing { AllOwners = true }));
        Assert.That(all, Has.Count.EqualTo(held.Length));
        Assert.That(Addresses(await ListAsync(new SecretListing { AllOwners = true, PageSize = 1 })), Is.EqualTo(all));
        Assert.That(Addresses(await ListAsync(new SecretListing { AllOwners = true, PageSize = 3 })), Is.EqualTo(all));
    }

    [Test]
    public async Task A_secret_that_stays_is_neither_lost_nor_repeated_while_others_come_and_go()
    {
        if (!await CanListAsync()) return;
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.Delete, () => Declares(SecretStoreFeatures.Write) ? Store.DeleteAsync(new SecretDelete(Db), Cancel).AsTask() : WriteAsync(Db, One("1")))) return;
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"name-{i:d2}")];
        foreach (string name in names)
            await WriteAsync(SecretAddress.Public(name), One("1"));
        SecretPage page = await Store.ListAsync(new SecretListing { PageSize = 5 }, Cancel);
        List<string> seen = [.. page.Items.Select(item => item.Name)];
        string gone = seen[0];
        await Store.DeleteAsync(new SecretDelete(SecretAddress.Public(gone)), Cancel);
        await WriteAsync(SecretAddress.Public("name-00-new"), One("1"));
        while (page.ContinuationToken is { } token)
        {
            page = await Store.ListAsync(new SecretListing { PageSize = 5, ContinuationToken = token }, Cancel);
            seen.AddRange(page.Items.Select(item => item.Name));
        }

        Assert.That(seen.Where(names.Contains), Is.EquivalentTo(names));
    }

    [Test]
    public async Task A_token_that_is_none_is_refused()
    {
        if (!await CanListAsync()) return;
        await PutAsync(Db, One("1"));
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => Store.ListAsync(new SecretListing { ContinuationToken = "not-a-token" }, Cancel).AsTask());
    }

    private static List<SecretAddress> Addresses(IEnumerable<SecretProperties> items) => [.. items.Select(item => item.Address)];

    private Task<bool> CanListAsync() => CanAsync(SecretStoreFeatures.List, () => ListAsync());

    // Names that a store refuses are part of the names suite; here only those count that it holds.
    private async Task<SecretAddress[]> PutAllAsync(params IEnumerable<SecretAddress> addresses)
    {
        List<SecretAddress> held = [];
        foreach (SecretAddress address in addresses.Where(Fixture.Holds))
        {
            try
            {
                await PutAsync(address, One("1"));
                held.Add(address);
            }
            catch (SecretException e) when (e.Code == SecretErrorCode.InvalidArgument)
            {
                await TestContext.Out.WriteLineAsync($"{Store.Name} does not take {address}.");
            }
        }

        return [.. held];
    }
}
