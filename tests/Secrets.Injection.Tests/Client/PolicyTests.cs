namespace Secrets.Injection.Tests.Client;

[TestFixture]
internal sealed class PolicyTests
{
    [Test]
    public async Task Everybody_uses_public_secrets_and_admins_alone_write_them()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        SecretsClient bob = rig.Client.As(ClientRig.Bob);

        Assert.That(ClientRig.KeyOf(await bob.GetSecretAsync("db")), Is.EqualTo("1"));
        SecretException[] errors =
        [
            await Refusal.OfAsync(bob.CreateSecretAsync("other", ClientRig.Key("2"))),
            await Refusal.OfAsync(bob.UpdateSecretAsync("db", update => update.Set("key", "2"))),
            await Refusal.OfAsync(bob.RenameSecretAsync("db", "mine")),
            await Refusal.OfAsync(bob.DeleteSecretAsync("db")),
        ];

        Assert.That(errors.Select(error => (error.Code, error.Reason)), Is.All.EqualTo((SecretErrorCode.Denied, "policy")));
        Assert.That(errors.Select(error => error.Message), Is.All.Contains("admin"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_member_does_as_it_likes_with_its_own_private_secrets()
    {
        await using ClientRig rig = new();
        SecretsClient bob = rig.Client.As(ClientRig.Bob);

        await bob.CreateSecretAsync("mine", ClientRig.Key("1"), new CreateSecretOptions { Visibility = SecretVisibility.Private });
        await bob.UpdateSecretAsync("mine", update => update.Set("key", "2"));
        Assert.That((await Refusal.OfAsync(bob.UpdateSecretAsync("mine", update => update.Visibility = SecretVisibility.Public))).Reason, Is.EqualTo("policy"), "making it public is writing a public secret");
        await bob.DeleteSecretAsync("mine");

        Assert.That(await bob.ListSecretsAsync().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task A_refusal_beats_a_permission_whatever_the_order()
    {
        await using ClientRig rig = new(client: builder => builder.AddPolicy(new Allowing()).AddPolicy(SecretPolicies.Immutable).AddPolicy(new Allowing()));
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        Assert.That((await Refusal.OfAsync(rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2")))).Reason, Is.EqualTo("policy"));
        Assert.That((await Refusal.OfAsync(rig.Client.CreateSecretAsync("db", ClientRig.Key("2"), new CreateSecretOptions { Overwrite = true }))).Reason, Is.EqualTo("policy"));
    }

    [Test]
    public async Task A_write_only_secret_is_used_and_not_revealed()
    {
        await using ClientRig rig = new(client: builder => builder.AddPolicy(SecretPolicies.WriteOnly));
        SecretProperties created = await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        Assert.That(() => rig.Client.Demand(SecretAction.Reveal, created.Address), Throws.InstanceOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Denied));
        Assert.That(() => rig.Client.Demand(SecretAction.Use, created.Address), Throws.Nothing);
        Assert.That(() => rig.Client.Demand(SecretAction.Use, SecretAddress.Private(SecretScope.Team, "bob", "x")), Throws.InstanceOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound));
    }

    [Test]
    public async Task A_secret_that_may_not_be_used_is_denied_not_listed_and_not_passed_over()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn").AddPolicy(new NotAtProjects()));
        rig.Put("db", "team");
        rig.Put(SecretAddress.Public(SecretScope.Project("churn"), "db"), "project");

        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Denied));
        Assert.That(await rig.Client.ListSecretsAsync().Select(item => item.Scope).ToListAsync(), Is.EqualTo(new[] { SecretScope.Team }));
        Assert.That((await rig.Client.ExplainAsync("db")).Candidates.Single(candidate => candidate.Address is { Scope.Kind: "project", Owner: null }).Outcome, Is.EqualTo(SecretCandidateOutcome.Denied));
    }

    [Test]
    public async Task A_policy_that_throws_refuses()
    {
        await using ClientRig rig = new(client: builder => builder.AddPolicy(new Throwing()));
        rig.Put("db", "1");

        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Reason, Is.EqualTo("policy"));
    }

    private sealed class Allowing : ISecretPolicy
    {
        public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address) => SecretDecision.Allowed;
    }

    private sealed class NotAtProjects : ISecretPolicy
    {
        public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address) =>
            address.Scope.Kind == "project" ? SecretDecision.Refused("Not here.") : SecretDecision.Allowed;
    }

    private sealed class Throwing : ISecretPolicy
    {
        public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address) => throw new InvalidOperationException("broken");
    }
}
