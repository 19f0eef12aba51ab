using System.Collections.Concurrent;
using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Diagnostics;

[TestFixture]
internal sealed class AuditTests
{
    [Test]
    public async Task Every_write_refusal_and_new_answer_is_in_the_trail_and_warm_reads_are_not()
    {
        Trail trail = new();
        await using ClientRig rig = new(client: builder => builder.AddAudit(trail));
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        for (int i = 0; i < 5; i++)
            await rig.ReadAsync("db");
        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));
        await Refusal.OfAsync(rig.Client.As(ClientRig.Bob).DeleteSecretAsync("db"));
        await rig.Client.DeleteSecretAsync("db");

        Assert.That(trail.Events.Select(each => (each.Action, each.Principal.Id, each.Error)), Is.EqualTo(new[]
        {
            (SecretAuditAction.Create, "ada", (SecretErrorCode?)null),
            (SecretAuditAction.Read, "ada", null),
            (SecretAuditAction.Update, "ada", null),
            (SecretAuditAction.Delete, "bob", SecretErrorCode.Denied),
            (SecretAuditAction.Delete, "ada", null),
        }));
        Assert.That(trail.Events.Select(each => each.Address), Is.All.EqualTo(SecretAddress.Public("db")));
    }

    [Test]
    public async Task A_denied_candidate_that_is_skipped_is_in_the_trail()
    {
        Trail trail = new();
        await using ClientRig rig = new(client: builder => builder.AddAudit(trail).ConfigureClient(options => options.SkipDeniedCandidates = true));
        rig.Put("db", "1");
        rig.Store.Faults.HidesMissing = true;

        await rig.ReadAsync("db");

        Assert.That(trail.Events.Where(each => each.Action == SecretAuditAction.Skip).Select(each => each.Address), Is.EqualTo(new SecretAddress?[] { SecretAddress.Private(SecretScope.Team, "ada", "db") }));
    }

    [Test]
    public async Task A_receiver_that_fails_fails_no_operation()
    {
        await using ClientRig rig = new(client: builder => builder.AddAudit(new Broken()));

        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    private sealed class Trail : ISecretAudit
    {
        internal ConcurrentQueue<SecretAuditEvent> Events { get; } = [];

        public void Record(SecretAuditEvent auditEvent) => Events.Enqueue(auditEvent);
    }

    private sealed class Broken : ISecretAudit
    {
        public void Record(SecretAuditEvent auditEvent) => throw new InvalidOperationException("full");
    }
}
