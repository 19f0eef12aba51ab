using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Filters, operators, order and pages.</summary>
[TestFixture]
public sealed class ListingBehaviours
{
    [TestCase("name", "openai", "openai")]
    [TestCase("name", "equals:openai", "openai")]
    [TestCase("name", "notequals:openai", "aws,azure,db,mine")]
    [TestCase("name", "contains:a", "aws,azure,openai")]
    [TestCase("name", "startswith:a", "aws,azure")]
    [TestCase("name", "endswith:e", "azure,mine")]
    [TestCase("name", "gt:azure", "db,mine,openai")]
    [TestCase("name", "gte:azure", "azure,db,mine,openai")]
    [TestCase("name", "lt:azure", "aws")]
    [TestCase("name", "lte:azure", "aws,azure")]
    [TestCase("name", "oneof:[\"aws\", \"db\", \"none\"]", "aws,db")]
    [TestCase("name", "notoneof:[\"aws\", \"db\"]", "azure,mine,openai")]
    [TestCase("description", "isempty:", "azure,db,mine,openai")]
    [TestCase("description", "isnotempty:", "aws")]
    [TestCase("name", "like:openai", "")]
    [TestCase("scope", "project:churn", "db")]
    [TestCase("private", "true", "mine")]
    [TestCase("private", "1", "mine")]
    [TestCase("private", "false", "aws,azure,db,openai")]
    [TestCase("private", "0", "aws,azure,db,openai")]
    [TestCase("type", "aws", "aws")]
    [TestCase("created", "2030-01-01 00:00:01", "azure")]
    [TestCase("created", "gt:2030-01-01 00:00:02", "mine,openai")]
    [TestCase("created", "lte:2030-01-01 00:00:01", "aws,azure")]
    [TestCase("created", "in:2030-01-01 00:00:01,2030-01-01 00:00:03", "azure,db,mine")]
    [TestCase("expires", "isempty:", "azure,db,mine,openai")]
    [Behaviour("Z44", "Z45", "Z46", "Z47", "Z48", "Z49", "Z50", "M02")]
    public async Task A_filter_keeps_what_it_says(string field, string condition, string expected)
    {
        await using Platform platform = await FilledAsync();
        SecretListPage page = await platform.Client.ListPageAsync(new SecretPageQuery { Filters = [SecretFilter.Parse(field, condition)], Sort = new SecretSort(SecretField.Name) });
        Assert.That(string.Join(',', page.Items.Select(item => item.Name)), Is.EqualTo(expected));
    }

    [TestCase("name", "oneof:aws,db", "filter")]
    [TestCase("name", "oneof:{\"a\":1}", "filter")]
    [TestCase("name", "oneof:[1]", "filter")]
    [TestCase("description", "isempty:x", "filter")]
    [TestCase("description", "isnotempty:x", "filter")]
    [TestCase("private", "yes", "filter")]
    [TestCase("private", "contains:true", "filter")]
    [TestCase("created", "yesterday", "instant")]
    [TestCase("created", "in:2030-01-01 00:00:00", "filter")]
    [TestCase("created", "in:2030-01-02 00:00:00,2030-01-01 00:00:00", "filter")]
    [TestCase("created", "contains:2030", "filter")]
    [TestCase("name", "in:a,b", "filter")]
    [TestCase("password", "x", "field")]
    [Behaviour("Z46", "Z47", "Z49", "Z50")]
    public void A_filter_that_makes_no_sense_is_an_error(string field, string condition, string reason)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretFilter.Parse(field, condition));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, reason)));
    }

    [TestCase(SecretFilterLogic.And, "")]
    [TestCase(SecretFilterLogic.Or, "aws,azure,db")]
    [Behaviour("Z51")]
    public async Task Filters_go_together_by_and_or_or(SecretFilterLogic logic, string expected)
    {
        await using Platform platform = await FilledAsync();
        SecretListPage page = await platform.Client.ListPageAsync(new SecretPageQuery
        {
            Filters = [SecretFilter.Parse("name", "startswith:a"), SecretFilter.Parse("name", "db")],
            Logic = logic,
            Sort = new SecretSort(SecretField.Name),
        });
        Assert.That(string.Join(',', page.Items.Select(item => item.Name)), Is.EqualTo(expected));
        Assert.That(new SecretPageQuery().Logic, Is.EqualTo(SecretFilterLogic.And));
    }

    [TestCase(null, "aws,azure,db,mine,openai")]
    [TestCase("name", "aws,azure,db,mine,openai")]
    [TestCase("desc:name", "openai,mine,db,azure,aws")]
    [TestCase("desc:created", "openai,mine,db,azure,aws")]
    [TestCase("asc:expires", "azure,db,mine,openai,aws")]
    [Behaviour("Z52")]
    public async Task A_listing_is_sorted_by_creation_unless_said_otherwise(string? sort, string expected)
    {
        await using Platform platform = await FilledAsync();
        SecretListPage page = await platform.Client.ListPageAsync(sort is null ? new SecretPageQuery() : new SecretPageQuery { Sort = SecretSort.Parse(sort, out _) });
        string[] names = [.. page.Items.Select(item => item.Name)];
        // Without an expiry they are equal, so their order is that of their ids.
        if (sort == "asc:expires") names = [.. names.Take(4).Order(StringComparer.Ordinal), names[4]];
        Assert.That(string.Join(',', names), Is.EqualTo(expected));
    }

    [Test]
    [Behaviour("Z52")]
    public async Task Equal_ones_follow_in_the_order_of_their_ids_in_both_directions()
    {
        await using Platform platform = new();
        for (int i = 0; i < 30; i++)
            await platform.Client.CreateSecretAsync($"s{i}", Platform.Pair("x"));
        foreach (bool isDescending in new[] { false, true })
        {
            SecretListPage page = await platform.Client.ListPageAsync(new SecretPageQuery { Sort = new SecretSort(SecretField.Created, isDescending), Size = 100 });
            Assert.That(page.Items.Select(item => item.Id), Is.Ordered.And.Unique);
        }
    }

    [Test]
    [Behaviour("Z53", "Z54")]
    public void A_bad_direction_warns_and_a_bad_column_is_an_error()
    {
        Assert.That(SecretSort.Parse("sideways:name", out string? warning), Is.EqualTo(new SecretSort(SecretField.Name)));
        Assert.That(warning, Does.Contain("ascending"));
        SecretSort.Parse("desc:name", out string? none);
        Assert.That(none, Is.Null);
        Assert.That(Assert.Throws<SecretException>(() => SecretSort.Parse("asc:password", out _)).Reason, Is.EqualTo("field"));
    }

    [Test]
    [Behaviour("Z55", "B17")]
    public async Task Pages_are_counted_from_one_and_hold_twenty()
    {
        await using Platform platform = new();
        for (int i = 0; i < 45; i++)
            await platform.Client.CreateSecretAsync($"s{i:d2}", Platform.Pair("x"));
        SecretPageQuery query = new() { Sort = new SecretSort(SecretField.Name) };
        SecretListPage third = await platform.Client.ListPageAsync(query with { Page = 3 });
        Assert.That((third.Items.Count, third.Items[0].Name, third.Total, third.TotalPages, third.HasMore), Is.EqualTo((5, "s40", 45, 3, false)));
        Assert.That((await platform.Client.ListPageAsync(query with { Page = 4 })).Items, Is.Empty);
        Assert.That((await platform.Client.ListPageAsync(query with { Page = int.MaxValue, Size = 10_000 })).Items, Is.Empty);
        Assert.That((await platform.Client.ListPageAsync(query with { Size = 10_000 })).Items, Has.Count.EqualTo(45));
        foreach (SecretPageQuery bad in new[] { query with { Page = 0 }, query with { Page = -1 }, query with { Size = 0 }, query with { Size = 10_001 } })
            await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.ListPageAsync(bad).AsTask());
    }

    [TestCase("asc:name")]
    [TestCase("desc:created")]
    [TestCase("asc:expires")]
    [Behaviour("P19")]
    public async Task A_page_leads_to_the_next_and_none_is_lost_or_repeated_meanwhile(string sort)
    {
        await using Platform platform = new();
        for (int i = 0; i < 25; i++)
        {
            await platform.Client.CreateSecretAsync($"s{i:d2}", Platform.Pair("x"));
            if (i % 3 == 0) platform.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        SecretPageQuery query = new() { Size = 10, Sort = SecretSort.Parse(sort, out _) };
        SecretListPage page = await platform.Client.ListPageAsync(query);
        List<string> seen = [.. page.Items.Select(item => item.Name)];
        await platform.Client.DeleteSecretAsync(seen[0]);
        await platform.Client.DeleteSecretAsync(seen[^1]);
        while (page.NextPage is { } next)
        {
            page = await platform.Client.ListPageAsync(query with { After = next });
            seen.AddRange(page.Items.Select(item => item.Name));
        }

        Assert.That(seen, Is.Unique.And.Count.EqualTo(25));
        await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.ListPageAsync(query with { After = "not-a-token" }).AsTask());
    }

    [Test]
    [Behaviour("B16")]
    public async Task A_search_looks_at_names_descriptions_and_tags()
    {
        await using Platform platform = await FilledAsync();
        foreach ((string search, string found) in new[] { ("OPEN", "openai"), ("nightly", "aws"), ("ml", "db"), ("absent", "") })
            Assert.That(string.Join(',', (await platform.Client.ListPageAsync(new SecretPageQuery { Search = search })).Items.Select(item => item.Name)), Is.EqualTo(found));
    }

    [Test]
    [Behaviour("P09", "P20", "M01", "Z42")]
    public async Task A_listing_shows_chosen_fields_and_never_a_value()
    {
        await using Platform platform = new();
        string canary = Canary.Text();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["user"] = canary, ["password"] = canary }, new CreateSecretOptions { Type = "env" });
        SecretProperties db = (await platform.Client.ListPageAsync(new SecretPageQuery())).Items.Single();
        Assert.That(SecretFields.Pick(db, SecretField.Name, SecretField.Type).Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "name=db", "type=env" }));
        Assert.That(SecretFields.Pick(db, SecretField.Keys, SecretField.Private, SecretField.Created).Select(pair => pair.Value), Is.EqualTo(new[] { "user,password", "false", "2030-01-01 00:00:00" }));
        Assert.That(string.Join('\n', SecretFields.Pick(db, Enum.GetValues<SecretField>())), Does.Not.Contain(canary));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.Read), Is.Zero, "Listing reads no value.");
    }

    [Test]
    public async Task What_the_store_can_narrow_by_is_left_to_the_store()
    {
        await using Platform platform = new();
        for (int i = 0; i < 1_000; i++)
            platform.Store.Put(SecretAddress.Public($"bulk-{i:d4}"), Platform.One("x"));
        platform.Store.Put(SecretAddress.Public("openai"), Platform.One("x"));
        platform.Store.Calls.Clear();
        Assert.That((await platform.Client.ListPageAsync(new SecretPageQuery { Filters = [SecretFilter.Parse("name", "startswith:open")] })).Total, Is.EqualTo(1));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.List), Is.EqualTo(1));
    }

    private static async Task<Platform> FilledAsync()
    {
        Platform platform = new();
        await MakeAsync("aws", new CreateSecretOptions { Type = "aws", Description = "for the nightly run", ExpiresOn = platform.Clock.GetUtcNow().AddDays(1) });
        await MakeAsync("azure", new CreateSecretOptions());
        await MakeAsync("db", new CreateSecretOptions { Scope = SecretScope.Project("churn"), Tags = { ["team"] = "ml" } });
        await MakeAsync("mine", Platform.Private);
        await MakeAsync("openai", new CreateSecretOptions());
        return platform;

        async Task MakeAsync(string name, CreateSecretOptions options)
        {
            await platform.Client.CreateSecretAsync(name, Platform.Pair("x"), options);
            platform.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
