namespace Secrets.Injection.Tests.Client;

[TestFixture]
internal sealed class ListingTests
{
    [Test]
    public async Task Lists_the_callers_private_secrets_and_all_public_ones()
    {
        await using ClientRig rig = new();
        rig.Put("a", "1");
        rig.Put(SecretAddress.Public(SecretScope.Cluster("gpu-1"), "b"), "1");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "c"), "1");
        rig.Put(SecretAddress.Private(SecretScope.Team, "bob", "d"), "1");

        Assert.That(await Names(rig, null), Is.EquivalentTo(new[] { "a", "b", "c" }));
        Assert.That(await Names(rig, new SecretQuery { Visibility = SecretVisibility.Private }), Is.EqualTo(new[] { "c" }));
        Assert.That(await Names(rig, new SecretQuery { Visibility = SecretVisibility.Public }), Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(await Names(rig, new SecretQuery { Scope = SecretScope.Cluster("gpu-1") }), Is.EqualTo(new[] { "b" }));
    }

    [TestCase("openai", new[] { "openai" })]
    [TestCase("equals:openai", new[] { "openai" })]
    [TestCase("startswith:openai", new[] { "openai", "openai_2" })]
    [TestCase("endswith:_2", new[] { "openai_2" })]
    [TestCase("contains:nai", new[] { "openai", "openai_2" })]
    [TestCase("unknown:openai", new string[0])]
    public async Task Filters_by_name(string filter, string[] expected)
    {
        await using ClientRig rig = new();
        rig.Put("openai", "1");
        rig.Put("openai_2", "1");
        rig.Put("other", "1");

        Assert.That(await Names(rig, new SecretQuery { Name = filter }), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Pages_past_a_thousand()
    {
        await using ClientRig rig = new();
        for (int i = 0; i < 1_050; i++)
            rig.Put($"s{i}", "1");

        Assert.That(await rig.Client.ListSecretsAsync().Select(item => item.Name).Distinct().CountAsync(), Is.EqualTo(1_050));
    }

    [Test]
    public async Task Lists_versions_newest_first()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        SecretVersion second = rig.Store.Put(SecretAddress.Public("db"), ClientRig.Key("2")).Version;

        List<SecretProperties> versions = await rig.Client.ListVersionsAsync(new SecretLookup("db")).ToListAsync();

        Assert.That(versions, Has.Count.EqualTo(2));
        Assert.That((versions[0].Version, versions[0].State, versions[1].State), Is.EqualTo((second, SecretVersionState.Current, SecretVersionState.Previous)));
    }

    [Test]
    public async Task ExplainAsync_says_what_applies_and_what_it_shadows_without_reading_a_value()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn"));
        rig.Put("db", "team");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "mine");
        rig.Store.Faults.RefusesValueReads = true;

        SecretExplanation why = await rig.Client.ExplainAsync("db");

        Assert.That(why.Applied!.Address, Is.EqualTo(SecretAddress.Private(SecretScope.Team, "ada", "db")));
        Assert.That(why.Shadowed.Select(candidate => candidate.Address), Is.EqualTo(new[] { SecretAddress.Public("db") }));
        Assert.That(why.Candidates, Has.Count.EqualTo(4));
        Assert.That(why.ToString(), Does.Contain("applies").And.Contain("shadowed").And.Not.Contain("mine"));
        Assert.That(rig.Reads, Is.Zero);
    }

    [Test]
    public async Task DescribeSecretsAsync_reads_no_value()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        rig.Store.Faults.RefusesValueReads = true;

        IReadOnlyList<SecretDescribeResult> described = await rig.Client.DescribeSecretsAsync([new("db"), new("none")]);

        Assert.That(described.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Found, SecretReadStatus.NotFound }));
        Assert.That(described[0].Properties!.KeyNames, Is.EqualTo(new[] { "key" }));
        Assert.That(rig.Store.Calls.Total, Is.EqualTo(1));
    }

    private static async Task<List<string>> Names(ClientRig rig, SecretQuery? query) => await rig.Client.ListSecretsAsync(query).Select(item => item.Name).ToListAsync();
}
