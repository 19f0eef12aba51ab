using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Who may do what.</summary>
[TestFixture]
public sealed class PolicyBehaviours
{
    [Test]
    [Behaviour("W03")]
    public async Task Only_admins_create_change_and_delete_what_is_public()
    {
        await using Platform platform = new(SecretProfiles.WeightsAndBiases);
        await platform.Client.CreateSecretAsync("TOKEN", Platform.One("x"));
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Bob.CreateSecretAsync("OTHER", Platform.One("x")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Bob.UpdateSecretAsync("TOKEN", update => update.Set("value", "y")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Bob.DeleteSecretAsync("TOKEN").AsTask());
        Assert.That((await platform.Bob.GetSecretAsync("TOKEN")).SingleValue().RevealString(), Is.EqualTo("x"), "Using it is everybody's.");
    }

    [TestCase("wandb", "TOKEN")]
    [TestCase("paperspace", "TOKEN")]
    [TestCase("mosaic", "token")]
    [Behaviour("W04", "P18", "M03")]
    public async Task A_saved_value_is_used_and_never_shown(string profile, string name)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        SecretProperties saved = await platform.Client.CreateSecretAsync(name, Platform.One("x"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.Denied, () =>
        {
            platform.Client.Demand(SecretAction.Reveal, saved.Address);
            return Task.CompletedTask;
        });
        Assert.That(error.Message, Does.Contain("write-only"));
        Assert.That(() => platform.Client.Demand(SecretAction.Use, saved.Address), Throws.Nothing);
        Assert.That((await platform.Client.DescribeSecretsAsync([new SecretLookup(name)]))[0].Status, Is.EqualTo(SecretReadStatus.Found), "What is not a value is shown.");
    }

    [Test]
    [Behaviour("M24")]
    public async Task An_immutable_secret_is_deleted_and_made_anew()
    {
        await using Platform platform = new(SecretProfiles.Mosaic);
        await platform.Client.CreateSecretAsync("token", Platform.One("1"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.UpdateSecretAsync("token", update => update.Set("value", "2")).AsTask());
        Assert.That(error.Message, Does.Contain("immutable"));
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.CreateSecretAsync("token", Platform.One("2"), new CreateSecretOptions { Overwrite = true }).AsTask());
        await platform.Client.DeleteSecretAsync("token");
        await platform.Client.CreateSecretAsync("token", Platform.One("2"));
        Assert.That((await platform.Client.GetSecretAsync("token")).SingleValue().RevealString(), Is.EqualTo("2"));
    }

    [Test]
    [Behaviour("B28", "B30")]
    public async Task Keys_that_are_fixed_keep_their_names_and_change_their_values()
    {
        await using Platform platform = new(SecretProfiles.Bento);
        await platform.Client.CreateSecretAsync("aws", new SecretValues { ["ID"] = "1", ["KEY"] = "2" });
        await platform.Client.UpdateSecretAsync("aws", update => update.Set("KEY", "3"));
        foreach (Action<SecretUpdate> change in new Action<SecretUpdate>[] { update => update.Set("NEW", "x"), update => update.Remove("ID"), update => update.Remove("ID").Set("ID2", "1") })
        {
            SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.UpdateSecretAsync("aws", change).AsTask());
            Assert.That(error.Reason, Is.EqualTo("keys-fixed"));
        }

        Assert.That((await platform.Client.GetSecretAsync("aws")).Keys, Is.EqualTo(new[] { "ID", "KEY" }));
    }

    [Test]
    [Behaviour("W06", "W07", "W08")]
    public async Task Rotation_replaces_and_deletion_is_immediate_whoever_refers_to_it()
    {
        await using Platform platform = new(SecretProfiles.WeightsAndBiases);
        await platform.Client.CreateSecretAsync("TOKEN", Platform.One("old"));
        Assert.That(await platform.Client.ResolveAsync("${TOKEN}"), Is.EqualTo("old"));
        await platform.Client.UpdateSecretAsync("TOKEN", update => update.Set("value", "new"));
        Assert.That(await platform.Client.ResolveAsync("${TOKEN}"), Is.EqualTo("new"));
        await platform.Client.DeleteSecretAsync("TOKEN");
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.GetSecretAsync("TOKEN").AsTask());
    }

    [Test]
    public async Task A_denied_call_is_audited()
    {
        RecordingAudit audit = new();
        await using InMemorySecretStore store = new();
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).ActAs("bob", SecretRole.Member).AddAudit(audit));
        store.Put(SecretAddress.Public("db"), Platform.Pair("x"));
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.CreateSecretAsync("api", Platform.Pair("x")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.UpdateSecretAsync("db", update => update.Set("key", "y")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.DeleteSecretAsync("db").AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.RecoverSecretAsync(new SecretLookup("gone")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.PurgeSecretAsync(new SecretLookup("db")).AsTask());
        Assert.That(
            audit.Events.Where(e => e.Error == SecretErrorCode.Denied).Select(e => (e.Action, e.Principal.Id)),
            Is.EqualTo(new[]
            {
                (SecretAuditAction.Create, "bob"), (SecretAuditAction.Update, "bob"), (SecretAuditAction.Delete, "bob"), (SecretAuditAction.Recover, "bob"), (SecretAuditAction.Purge, "bob"),
            }));
    }

    private sealed class RecordingAudit : ISecretAudit
    {
        public List<SecretAuditEvent> Events { get; } = [];

        public void Record(SecretAuditEvent auditEvent) => Events.Add(auditEvent);
    }
}
