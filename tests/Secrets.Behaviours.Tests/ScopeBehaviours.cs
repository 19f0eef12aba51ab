using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Chains of any kinds: the first scope that has the name wins, whatever the others have.</summary>
[TestFixture]
public sealed class ScopeBehaviours
{
    private static readonly SecretScope[] Kinds =
    [
        new("step", "train"), new("pipeline", "nightly"), new("stack", "gpu"), new("component", "tracker"), SecretScope.Cluster("gpu-1"), SecretScope.Team,
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [Behaviour("P02", "Z79")]
    public async Task The_first_scope_that_has_the_name_wins_in_every_combination(int length)
    {
        SecretScope[] scopes = [.. Kinds.TakeLast(length)];
        for (int present = 0; present < 1 << length; present++)
        {
            await using Platform platform = new(scopes: new SecretScopeChain(scopes));
            int[] there = [.. Enumerable.Range(0, length).Where(i => (present & (1 << i)) != 0)];
            foreach (int i in there)
                platform.Store.Put(SecretAddress.Public(scopes[i], "db"), Platform.Pair($"{i}"));
            SecretExplanation explanation = await platform.Client.ExplainAsync("db");
            Assert.That(explanation.Shadowed.Select(candidate => candidate.Address.Scope), Is.EqualTo(there.Skip(1).Select(i => scopes[i])));
            if (there.Length == 0)
            {
                await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.GetSecretAsync("db").AsTask());
                Assert.That(explanation.Applied, Is.Null);
                continue;
            }

            Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo($"{there[0]}"));
            Assert.That(explanation.Applied!.Address.Scope, Is.EqualTo(scopes[there[0]]));
        }
    }

    [TestCase(SecretLookupOrder.VisibilityFirst)]
    [TestCase(SecretLookupOrder.ScopeFirst)]
    [Behaviour("P02", "Z23", "Z79")]
    public async Task Private_and_public_ones_at_three_scopes_are_taken_in_order_in_every_combination(SecretLookupOrder order)
    {
        SecretScope[] scopes = [.. Kinds.TakeLast(3)];
        SecretAddress[] places = order == SecretLookupOrder.VisibilityFirst
            ? [.. scopes.Select(scope => SecretAddress.Private(scope, "ada", "db")), .. scopes.Select(scope => SecretAddress.Public(scope, "db"))]
            : [.. scopes.SelectMany(scope => (SecretAddress[])[SecretAddress.Private(scope, "ada", "db"), SecretAddress.Public(scope, "db")])];
        for (int present = 0; present < 1 << places.Length; present++)
        {
            await using InMemorySecretStore store = new();
            await using SecretsClient client = SecretsClient.Create(builder =>
                builder.UseInMemory(store).ActAs("ada", SecretRole.Member).WithScopes(new SecretScopeChain(scopes)).ConfigureClient(options => options.LookupOrder = order));
            SecretAddress[] there = [.. places.Where((_, i) => (present & (1 << i)) != 0)];
            foreach (SecretAddress place in there)
                store.Put(place, Platform.Pair($"made-up {place}"));
            SecretExplanation explanation = await client.ExplainAsync("db");
            Assert.That(explanation.Candidates.Select(candidate => candidate.Address), Is.EqualTo(places));
            Assert.That(explanation.Applied?.Address, Is.EqualTo(there.Length == 0 ? null : (SecretAddress?)there[0]));
            Assert.That(explanation.Shadowed.Select(candidate => candidate.Address), Is.EqualTo(there.Skip(1)));
            Assert.That((explanation.ToString(), store.Calls.Count(InMemoryOperation.Read)), Is.EqualTo((explanation.ToString().Replace("made-up", "", StringComparison.Ordinal), 0)), "Without values.");
            foreach (SecretVisibility? only in new SecretVisibility?[] { null, SecretVisibility.Private, SecretVisibility.Public })
            {
                SecretAddress? expected = there.Where(place => only is null || place.Visibility == only).Select(place => (SecretAddress?)place).FirstOrDefault();
                SecretLookupResult result = (await client.GetSecretsAsync([new SecretLookup("db") { Visibility = only }]))[0];
                Assert.That(result.Secret?["key"].RevealString(), Is.EqualTo(expected is null ? null : $"made-up {expected}"));
            }
        }
    }

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.Unauthenticated)]
    [TestCase(SecretErrorCode.Unavailable)]
    [TestCase(SecretErrorCode.TimedOut)]
    [TestCase(SecretErrorCode.Throttled)]
    [TestCase(SecretErrorCode.Corrupted)]
    [TestCase(SecretErrorCode.Unknown)]
    [Behaviour("P02", "Z79")]
    public async Task Only_not_found_falls_through_at_every_place_of_the_chain(SecretErrorCode code)
    {
        for (int failing = 0; failing < Kinds.Length; failing++)
        {
            for (int first = 0; first < Kinds.Length; first++)
            {
                await using Platform platform = new(scopes: new SecretScopeChain(Kinds));
                for (int i = first; i < Kinds.Length; i++)
                    platform.Store.Put(SecretAddress.Public(Kinds[i], "db"), Platform.Pair($"{i}"));
                platform.Store.Faults.Add(new InMemoryFault(code) { Address = SecretAddress.Public(Kinds[failing], "db"), EachEntry = true });
                SecretLookupResult result = (await platform.Client.GetSecretsAsync([new SecretLookup("db")]))[0];
                if (first < failing)
                    Assert.That(result.Secret?["key"].RevealString(), Is.EqualTo($"{first}"), "What is shadowed may fail.");
                else
                    Assert.That((result.Secret, result.Error?.Code, result.Error?.Address), Is.EqualTo(((Secret?)null, (SecretErrorCode?)code, (SecretAddress?)SecretAddress.Public(Kinds[failing], "db"))));
            }
        }
    }

    [Test]
    [Behaviour("P01", "P02", "P03", "P04", "B22")]
    public async Task Project_beats_cluster_beats_team_and_each_keeps_its_own()
    {
        await using Platform platform = new(SecretProfiles.Paperspace, SecretProfiles.Paperspace.ChainOf(new Dictionary<string, string> { ["project"] = "churn", ["cluster"] = "gpu-1" }));
        await platform.Client.CreateSecretAsync("token", Platform.One("team"));
        Assert.That(await TextAsync(), Is.EqualTo("team"));
        await platform.Client.CreateSecretAsync("token", Platform.One("cluster"), new CreateSecretOptions { Scope = SecretScope.Cluster("gpu-1") });
        Assert.That(await TextAsync(), Is.EqualTo("cluster"));
        await platform.Client.CreateSecretAsync("token", Platform.One("project"), new CreateSecretOptions { Scope = SecretScope.Project("churn") });
        Assert.That(await TextAsync(), Is.EqualTo("project"));
        await platform.Client.CreateSecretAsync("token", Platform.One("elsewhere"), new CreateSecretOptions { Scope = SecretScope.Cluster("gpu-2") });
        Assert.That(await TextAsync(), Is.EqualTo("project"));
        Assert.That(() => SecretScope.Project(""), Throws.InstanceOf<SecretException>(), "A project needs its id.");

        async Task<string> TextAsync() => (await platform.Client.RefreshSecretAsync(new SecretLookup("token"))).SingleValue().RevealString();
    }

    [Test]
    [Behaviour("P05")]
    public void An_unknown_scope_kind_is_refused_by_the_profile()
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretProfiles.Paperspace.ChainOf(new Dictionary<string, string> { ["galaxy"] = "x" }));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "scope-kind")));
        Assert.That(error.Message, Does.Contain("project, cluster, team"));
    }

    [TestCase("mosaic")]
    [TestCase("wandb")]
    [Behaviour("M73", "W02")]
    public void A_profile_without_scopes_has_one(string profile) =>
        Assert.That(SecretProfiles.Get(profile).ChainOf(new Dictionary<string, string>()), Is.EqualTo(new[] { SecretScope.Team }));

    [Test]
    [Behaviour("Z79")]
    public void ZenMLs_chain_is_step_pipeline_stack_component()
    {
        Dictionary<string, string> ids = new() { ["component"] = "c", ["stack"] = "s", ["pipeline"] = "p", ["step"] = "t" };
        Assert.That(SecretProfiles.ZenMl.ChainOf(ids).ToString(), Is.EqualTo("step:t > pipeline:p > stack:s > component:c > team"));
    }
}
