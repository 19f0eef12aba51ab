using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Pages and orders of long listings: the same as cut from the whole, without the whole, and never with a value.</summary>
[TestFixture]
public sealed class PagingBehaviours
{
    private const int Many = 100_000;

    [TestCase("created")]
    [TestCase("name")]
    [TestCase("desc:name")]
    [TestCase("type,desc:created")]
    [TestCase("desc:type,private,name")]
    [TestCase("expires,desc:scope")]
    [Behaviour("Z52", "Z55", "P19")]
    public async Task A_page_is_what_one_would_cut_from_the_whole_sorted_list(string order)
    {
        await using Platform platform = await MixedAsync(83);
        SecretSort sort = SecretSort.Parse(order, out _);
        List<SecretProperties> whole = await platform.Client.ListSecretsAsync().ToListAsync();
        whole.Sort(sort);
        foreach (int size in new[] { 1, 2, 7, 20, 82, 83, 84, 10_000 })
        {
            string? after = null;
            List<Guid> followed = [];
            for (int page = 1; page <= (83 / size) + 2; page++)
            {
                SecretListPage cut = await platform.Client.ListPageAsync(new SecretPageQuery { Sort = sort, Page = page, Size = size });
                Guid[] expected = [.. whole.Skip((page - 1) * size).Take(size).Select(item => item.Id)];
                Assert.That(cut.Items.Select(item => item.Id), Is.EqualTo(expected), $"{order}, page {page} of {size}");
                Assert.That((cut.Total, cut.HasMore), Is.EqualTo((83, page * size < 83)));
                if (page > 1 && after is null) continue;
                SecretListPage next = await platform.Client.ListPageAsync(new SecretPageQuery { Sort = sort, Size = size, After = after });
                Assert.That(next.Items.Select(item => item.Id), Is.EqualTo(expected));
                followed.AddRange(next.Items.Select(item => item.Id));
                after = next.NextPage;
            }

            Assert.That(followed, Is.EqualTo(whole.Select(item => item.Id)));
        }
    }

    [Test]
    [Behaviour("Z52")]
    public async Task Several_orders_go_one_after_the_other_up_and_down()
    {
        await using Platform platform = await MixedAsync(40);
        List<SecretProperties> sorted = (await platform.Client.ListPageAsync(new SecretPageQuery { Sort = SecretSort.Parse("desc:type, asc:private ,desc:name", out string? warning), Size = 100 })).Items.ToList();
        Assert.That(warning, Is.Null);
        Assert.That(
            sorted.Select(item => item.Id),
            Is.EqualTo(sorted.OrderByDescending(item => item.Type ?? "", StringComparer.Ordinal).ThenBy(item => item.Visibility == SecretVisibility.Private).ThenByDescending(item => item.Name, StringComparer.Ordinal).Select(item => item.Id)));
        Assert.That(SecretSort.Parse("type,sideways:name", out warning), Is.EqualTo(new SecretSort(SecretField.Type) { Then = new SecretSort(SecretField.Name) }));
        Assert.That(warning, Does.Contain("ascending"));
        foreach (string bad in new[] { "", ",", "name,", "name,password", "desc:" })
            Assert.That(Assert.Throws<SecretException>(() => SecretSort.Parse(bad, out _)).Reason, Is.EqualTo("field"), bad);
    }

    [Test]
    [Behaviour("Z51")]
    public async Task Scope_visibility_and_search_hold_whatever_the_filters_say()
    {
        await using Platform platform = await MixedAsync(40);
        SecretPageQuery either = new() { Filters = [SecretFilter.Parse("type", "env"), SecretFilter.Parse("private", "true")], Logic = SecretFilterLogic.Or, Size = 100 };
        Assert.That((await platform.Client.ListPageAsync(either with { Visibility = SecretVisibility.Public })).Items.Select(item => (item.Type, item.Visibility)), Is.Not.Empty.And.All.EqualTo(("env", SecretVisibility.Public)));
        Assert.That((await platform.Client.ListPageAsync(either with { Scope = SecretScope.Project("churn") })).Items.Select(item => item.Scope), Is.Not.Empty.And.All.EqualTo(SecretScope.Project("churn")));
        SecretPageQuery contradiction = new() { Filters = [SecretFilter.Parse("private", "true")], Visibility = SecretVisibility.Public };
        Assert.That((await platform.Client.ListPageAsync(contradiction)).Items, Is.Empty);
    }

    [Test]
    public async Task A_listing_asks_for_a_page_of_the_store_when_it_gets_there()
    {
        await using Platform platform = new();
        for (int i = 0; i < 5_000; i++)
            platform.Store.Put(SecretAddress.Public($"name-{i:d4}"), Platform.One("x"));
        platform.Store.Calls.Clear();
        await foreach (SecretProperties first in platform.Client.FilterSecretsAsync(new SecretPageQuery { Filters = [SecretFilter.Parse("name", "contains:name")] }))
        {
            Assert.That(first.Name, Does.StartWith("name-"));
            break;
        }

        long asked = platform.Store.Calls.Count(InMemoryOperation.List);
        await foreach (SecretProperties _ in platform.Client.FilterSecretsAsync(new SecretPageQuery()))
        {
        }

        Assert.That(asked, Is.EqualTo(1));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.List), Is.GreaterThan(2), "The whole takes several.");
    }

    [Test]
    public async Task A_hundred_thousand_secrets_in_memory_list_and_filter_without_loading_values()
    {
        await using InMemorySecretStore store = new();
        for (int i = 0; i < Many; i++)
            store.Put(SecretAddress.Public($"name-{i:d6}"), Platform.One("x"));
        await ListAndFilterAsync(store);
    }

    [Test]
    public async Task A_hundred_thousand_secrets_in_an_encrypted_file_list_and_filter_without_loading_values()
    {
        using TemporaryDirectory directory = new();
        EncryptedFileOptions options = new(directory["many.secrets"]) { Anchor = new FileRollbackAnchor(directory["anchors"]) };
        options.Unlock.Add(UnlockMethod.KeyFile(directory["many.key"]));
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, cancellation) =>
            await store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public($"name-{i:d6}"), default), Platform.One("x")), cancellation));
        await ListAndFilterAsync(store);
    }

    private static async Task ListAndFilterAsync(ISecretStore store)
    {
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => new Valueless(store)));
        int count = 0;
        await foreach (SecretProperties _ in client.ListSecretsAsync())
            count++;
        Assert.That(count, Is.EqualTo(Many));
        SecretListPage page = await client.ListPageAsync(new SecretPageQuery { Filters = [SecretFilter.Parse("name", "endswith:7")], Sort = new SecretSort(SecretField.Name, true), Size = 3 });
        Assert.That((page.Total, page.Items[0].Name, page.Items.Count, page.TotalPages), Is.EqualTo((Many / 10, "name-099997", 3, 3334)));
        SecretListPage far = await client.ListPageAsync(new SecretPageQuery { Sort = new SecretSort(SecretField.Name), Page = 500, Size = 200 });
        Assert.That((far.Items[0].Name, far.HasMore), Is.EqualTo(("name-099800", false)));
    }

    private static async Task<Platform> MixedAsync(int count)
    {
        Platform platform = new();
        string?[] types = [null, "env", "s3"];
        for (int i = 0; i < count; i++)
        {
            await platform.Client.CreateSecretAsync($"s{i * 37 % count:d3}", Platform.Pair("x"), new CreateSecretOptions
            {
                Type = types[i % 3],
                Visibility = i % 4 == 0 ? SecretVisibility.Private : SecretVisibility.Public,
                Scope = i % 5 == 0 ? SecretScope.Project("churn") : SecretScope.Team,
                ExpiresOn = i % 2 == 0 ? platform.Clock.GetUtcNow().AddDays(1 + (i % 7)) : null,
            });
            if (i % 6 == 0) platform.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return platform;
    }

    // What is asked for a value here fails; and it is not disposed with the client, because the test owns what is inside.
    private sealed class Valueless(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
            throw new AssertionException("A listing reads no value.");

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
