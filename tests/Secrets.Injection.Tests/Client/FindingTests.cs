namespace Secrets.Injection.Tests.Client;

[TestFixture]
internal sealed class FindingTests
{
    private static readonly SecretScope Project = SecretScope.Project("churn");
    private static readonly SecretScope Cluster = SecretScope.Cluster("gpu-1");

    [Test]
    public async Task GetSecretAsync_prefers_the_private_secret()
    {
        await using ClientRig rig = new();
        rig.Put("db", "public");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "private");

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("private"));
    }

    [TestCase(SecretVisibility.Public, "public")]
    [TestCase(SecretVisibility.Private, "private")]
    public async Task A_visibility_restricts_the_lookup(SecretVisibility visibility, string expected)
    {
        await using ClientRig rig = new();
        rig.Put("db", "public");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "private");

        Assert.That(ClientRig.KeyOf(await rig.Client.GetSecretAsync("db", visibility)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Project_beats_cluster_and_cluster_beats_team()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn", cluster: "gpu-1"));
        rig.Put("a", "team");
        rig.Put(SecretAddress.Public(Cluster, "a"), "cluster");
        rig.Put(SecretAddress.Public(Project, "a"), "project");
        rig.Put("b", "team");
        rig.Put(SecretAddress.Public(Cluster, "b"), "cluster");
        rig.Put("c", "team");

        Assert.That(await rig.ReadAsync("a"), Is.EqualTo("project"));
        Assert.That(await rig.ReadAsync("b"), Is.EqualTo("cluster"));
        Assert.That(await rig.ReadAsync("c"), Is.EqualTo("team"));
    }

    [TestCase(SecretLookupOrder.VisibilityFirst, "private at team")]
    [TestCase(SecretLookupOrder.ScopeFirst, "public at project")]
    public async Task The_order_of_visibility_and_scope_can_be_switched(SecretLookupOrder order, string expected)
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn").ConfigureClient(options => options.LookupOrder = order));
        rig.Put(SecretAddress.Public(Project, "db"), "public at project");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "private at team");

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_scope_or_its_kind_restricts_the_lookup()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn"));
        rig.Put("db", "team");
        rig.Put(SecretAddress.Public(Project, "db"), "project");
        rig.Put(SecretAddress.Public(SecretScope.Project("other"), "db"), "other");

        Assert.That(ClientRig.KeyOf(await rig.Client.GetSecretAsync(new SecretLookup("db") { ScopeKind = "team" })), Is.EqualTo("team"));
        Assert.That(ClientRig.KeyOf(await rig.Client.GetSecretAsync(new SecretLookup("db") { Scope = SecretScope.Project("other") })), Is.EqualTo("other"));
        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync(new SecretLookup("db") { ScopeKind = "cluster" }));
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.NotFound));
    }

    [Test]
    public async Task A_lookup_of_all_candidates_is_one_store_call()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn", cluster: "gpu-1"));
        rig.Put("db", "team");

        await rig.ReadAsync("db");

        Assert.That(rig.Store.Calls.Total, Is.EqualTo(1));
        Assert.That(rig.Store.Calls.Recorded[0].Addresses, Has.Count.EqualTo(6));
    }

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.Unavailable)]
    [TestCase(SecretErrorCode.Corrupted)]
    public async Task Only_not_found_falls_through(SecretErrorCode code)
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn"));
        SecretAddress project = SecretAddress.Public(Project, "db");
        rig.Put("db", "team");
        rig.Put(project, "project");
        rig.Store.Faults.Add(new InMemoryFault(code) { Address = project, EachEntry = true });

        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));

        Assert.That(error.Code, Is.EqualTo(code));
        Assert.That(error.Address, Is.EqualTo(project));
    }

    [Test]
    public async Task Missing_or_denied_counts_as_denied_unless_the_host_lets_it_be_skipped()
    {
        await using ClientRig strict = new(client: builder => builder.WithScopes(project: "churn"));
        await using ClientRig lenient = new(client: builder => builder.WithScopes(project: "churn").ConfigureClient(options => options.SkipDeniedCandidates = true));
        foreach (ClientRig rig in new[] { strict, lenient })
        {
            rig.Put("db", "team");
            rig.Store.Faults.HidesMissing = true;
        }

        SecretException error = await Refusal.OfAsync(strict.Client.GetSecretAsync("db"));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Denied, "missing-or-denied")));
        Assert.That(error.Message, Does.Contain("SkipDeniedCandidates"));
        Assert.That(await lenient.ReadAsync("db"), Is.EqualTo("team"));
    }

    [Test]
    public async Task Another_principals_private_secret_is_not_found_in_every_verb()
    {
        await using ClientRig rig = new();
        rig.Put(SecretAddress.Private(SecretScope.Team, "bob", "diary"), "private");
        SecretLookup lookup = new("diary");

        SecretException[] errors =
        [
            await Refusal.OfAsync(rig.Client.GetSecretAsync("diary")),
            await Refusal.OfAsync(rig.Client.GetSecretAsync("diary", SecretVisibility.Private)),
            await Refusal.OfAsync(rig.Client.UpdateSecretAsync(lookup, update => update.Set("key", "x"))),
            await Refusal.OfAsync(rig.Client.RenameSecretAsync(lookup, "mine")),
            await Refusal.OfAsync(rig.Client.DeleteSecretAsync(lookup)),
        ];
        SecretExplanation explanation = await rig.Client.ExplainAsync("diary");
        List<SecretProperties> listed = await rig.Client.ListSecretsAsync().ToListAsync();

        Assert.That(errors.Select(error => error.Code), Is.All.EqualTo(SecretErrorCode.NotFound));
        Assert.That(errors.Select(error => error.Message), Has.None.Contains("bob"));
        Assert.That(explanation.Candidates.Select(candidate => candidate.Address.Owner), Has.None.EqualTo("bob"));
        Assert.That(listed, Is.Empty);
        Assert.That((await rig.Client.DescribeSecretsAsync([lookup]))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_view_sees_with_other_eyes()
    {
        await using ClientRig rig = new();
        rig.Put(SecretAddress.Private(SecretScope.Team, "bob", "diary"), "bob's");

        Assert.That(ClientRig.KeyOf(await rig.Client.As(ClientRig.Bob).GetSecretAsync("diary")), Is.EqualTo("bob's"));
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("diary"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
        await rig.Client.As(ClientRig.Bob).DisposeAsync();
        Assert.That(ClientRig.KeyOf(await rig.Client.As(ClientRig.Bob).GetSecretAsync("diary")), Is.EqualTo("bob's"), "a view's disposal does nothing");
    }

    [Test]
    public async Task A_version_is_read_where_the_current_one_applies()
    {
        await using ClientRig rig = new();
        SecretAddress mine = SecretAddress.Private(SecretScope.Team, "ada", "db");
        SecretVersion first = rig.Store.Put(mine, ClientRig.Key("old")).Version;
        rig.Put(mine, "new");
        rig.Put("db", "public 1");
        rig.Put("db", "public 2");
        SecretVersion third = rig.Store.Put(SecretAddress.Public("db"), ClientRig.Key("public 3")).Version;

        Assert.That(ClientRig.KeyOf(await rig.Client.GetSecretAsync(new SecretLookup("db") { Version = first })), Is.EqualTo("old"));
        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync(new SecretLookup("db") { Version = third }));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.NotFound, "version")), "a public version must not answer for a private secret");
    }

    [Test]
    public async Task One_lookups_failure_spoils_no_other_of_the_batch()
    {
        await using ClientRig rig = new();
        rig.Put("good", "1");
        rig.Put("bad", "2");
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Address = SecretAddress.Public("bad"), EachEntry = true });

        IReadOnlyList<SecretLookupResult> results = await rig.Client.GetSecretsAsync([new("good"), new("bad"), new("none")]);

        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Found, SecretReadStatus.Denied, SecretReadStatus.NotFound }));
        Assert.That(rig.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task An_expired_secret_is_refused_and_still_shadows()
    {
        await using ClientRig rig = new();
        rig.Put("token", "public");
        await rig.Client.CreateSecretAsync("token", ClientRig.Key("mine"), new CreateSecretOptions { Visibility = SecretVisibility.Private, ExpiresOn = rig.Time.GetUtcNow().AddMinutes(1) });
        Assert.That(await rig.ReadAsync("token"), Is.EqualTo("mine"));

        rig.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(rig.Client.TryGetSecret("token", out _), Is.False);
        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("token"));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Denied, "expired")));
        await rig.Client.UpdateSecretAsync("token", update => update.ExpiresOn = null);
        Assert.That(await rig.ReadAsync("token"), Is.EqualTo("mine"), "it can be renewed");
    }

    [Test]
    public async Task Expired_secrets_are_served_where_the_host_says_so()
    {
        await using ClientRig rig = new(client: builder => builder.ConfigureClient(options => options.ExpiredSecrets = ExpiredSecrets.Serve));
        await rig.Client.CreateSecretAsync("token", ClientRig.Key("old"), new CreateSecretOptions { ExpiresOn = rig.Time.GetUtcNow().AddMinutes(1) });

        rig.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(await rig.ReadAsync("token"), Is.EqualTo("old"));
    }

    [Test]
    public async Task Every_secret_has_an_id_that_follows_from_its_address_where_the_store_keeps_none()
    {
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => new WithoutIds(new InMemorySecretStore())));
        await client.CreateSecretAsync("a", ClientRig.Key("1"));
        await client.CreateSecretAsync("b", ClientRig.Key("1"));

        Guid read = (await client.GetSecretAsync("a")).Properties.Id;
        List<SecretProperties> listed = await client.ListSecretsAsync().ToListAsync();

        Assert.That(read, Is.Not.EqualTo(Guid.Empty));
        Assert.That(listed.Single(item => item.Name == "a").Id, Is.EqualTo(read));
        Assert.That(listed.Single(item => item.Name == "b").Id, Is.Not.EqualTo(read));
    }

    private sealed class WithoutIds(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
            [.. (await Inner.ReadAsync(reads, cancellationToken)).Select(result => result.Secret is { } secret ? SecretReadResult.Found(new Secret(secret.Properties with { Id = Guid.Empty }, secret.Values)) : result)];

        public override async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
        {
            SecretPage page = await Inner.ListAsync(listing, cancellationToken);
            return page with { Items = [.. page.Items.Select(item => item with { Id = Guid.Empty })] };
        }
    }
}
