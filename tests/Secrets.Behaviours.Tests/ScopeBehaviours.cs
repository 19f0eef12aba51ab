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
