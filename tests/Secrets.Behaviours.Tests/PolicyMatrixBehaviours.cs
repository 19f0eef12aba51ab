using System.Collections.Concurrent;
using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Use, reveal, create, update, delete and administer are six rights: each is refused by itself, a refusal beats every permission, and is written down.</summary>
[TestFixture]
public sealed class PolicyMatrixBehaviours
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");
    private static readonly SecretLookup Gone = new("gone");

    // What each verb needs; the first that is refused is the answer.
    private static readonly (string Verb, SecretAction[] Needs, SecretAuditAction Audited, Func<SecretsClient, Task> Do)[] Verbs =
    [
        ("get", [SecretAction.Use], SecretAuditAction.Read, client => client.GetSecretAsync("db").AsTask()),
        ("refresh", [SecretAction.Use], SecretAuditAction.Read, client => client.RefreshSecretAsync(new SecretLookup("db")).AsTask()),
        ("resolve", [SecretAction.Use], SecretAuditAction.Read, client => client.ResolveAsync("{{db.key}}").AsTask()),
        ("describe", [SecretAction.Use], SecretAuditAction.Read, client => ThrowIfDeniedAsync(client.DescribeSecretsAsync([new SecretLookup("db")]))),
        ("versions", [SecretAction.Use], SecretAuditAction.Read, async client => await client.ListVersionsAsync(new SecretLookup("db")).ToListAsync()),
        ("reveal", [SecretAction.Reveal], SecretAuditAction.Reveal, client => Task.Run(() => client.Demand(SecretAction.Reveal, Db))),
        ("create", [SecretAction.Create], SecretAuditAction.Create, client => client.CreateSecretAsync("new", Platform.Pair("x")).AsTask()),
        ("replace", [SecretAction.Create, SecretAction.Update], SecretAuditAction.Create, client => client.CreateSecretAsync("db", Platform.Pair("x"), new CreateSecretOptions { Overwrite = true }).AsTask()),
        ("update", [SecretAction.Update], SecretAuditAction.Update, client => client.UpdateSecretAsync("db", update => update.Set("key", "x")).AsTask()),
        ("describe anew", [SecretAction.Update], SecretAuditAction.Update, client => client.UpdateSecretAsync("db", update => update.Description = "x").AsTask()),
        ("make private", [SecretAction.Update, SecretAction.Create, SecretAction.Delete], SecretAuditAction.Update, client => client.UpdateSecretAsync("db", update => update.Visibility = SecretVisibility.Private).AsTask()),
        ("rename", [SecretAction.Update, SecretAction.Create, SecretAction.Delete], SecretAuditAction.Rename, client => client.RenameSecretAsync("db", "other").AsTask()),
        ("rotate", [SecretAction.Update], SecretAuditAction.Rotate, client => client.RotateSecretAsync(new SecretLookup("db"), new NewKey()).AsTask()),
        ("delete", [SecretAction.Delete], SecretAuditAction.Delete, client => client.DeleteSecretAsync("db").AsTask()),
        ("roll back", [SecretAction.Update, SecretAction.Administer], SecretAuditAction.RollBack, client => client.RollBackSecretAsync(new SecretLookup("db")).AsTask()),
        ("recover", [SecretAction.Create, SecretAction.Administer], SecretAuditAction.Recover, client => client.RecoverSecretAsync(Gone).AsTask()),
        ("purge", [SecretAction.Delete, SecretAction.Administer], SecretAuditAction.Purge, client => client.PurgeSecretAsync(new SecretLookup("db")).AsTask()),
    ];

    private static IEnumerable<SecretAction> Actions => Enum.GetValues<SecretAction>();

    [TestCaseSource(nameof(Actions))]
    [Behaviour("W04", "M24")]
    public async Task A_refused_action_refuses_the_verbs_that_need_it_and_no_other(SecretAction refused)
    {
        List<string> wrong = [];
        foreach ((string verb, SecretAction[] needs, SecretAuditAction audited, Func<SecretsClient, Task> act) in Verbs)
        {
            Trail trail = new();
            await using InMemorySecretStore store = await FilledAsync();
            // A permission before and after: neither helps.
            await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).ActAs("ada", SecretRole.Admin)
                .AddPolicy(new Only(null)).AddPolicy(new Only(refused)).AddPolicy(new Only(null)).AddAudit(trail));
            string outcome = await OutcomeAsync(() => act(client));
            string expected = needs.Contains(refused) ? "Denied/policy" : "done";
            if (outcome != expected) wrong.Add($"{verb} without {refused}: {outcome}, not {expected}");
            if (expected == "done") continue;
            (SecretAuditAction, string?, SecretErrorCode?)[] written = [.. trail.Events.Select(line => (line.Action, line.Principal.Id, line.Error))];
            if (!written.SequenceEqual([(audited, "ada", SecretErrorCode.Denied)])) wrong.Add($"{verb} without {refused} wrote down: {string.Join(' ', written)}");
            if (store.Calls.Count(InMemoryOperation.Write) + store.Calls.Count(InMemoryOperation.Delete) + store.Calls.Count(InMemoryOperation.Promote) > 0) wrong.Add($"{verb} without {refused} changed the store");
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase("ada", "admin", "")]
    [TestCase("bob", "member", "replace,create,update,describe anew,make private,rename,rotate,delete,roll back,recover,purge")]
    [TestCase("bob", "owner", "replace,create,update,describe anew,make private,rename,rotate,delete,roll back,recover,purge")]
    [TestCase(null, "admin", "")]
    [TestCase(null, "member", "replace,create,update,describe anew,make private,rename,rotate,delete,roll back,recover,purge")]
    [Behaviour("W03")]
    public async Task By_default_everybody_uses_and_admins_alone_change_what_is_public(string? id, string role, string refused)
    {
        List<string> denied = [];
        foreach ((string verb, _, _, Func<SecretsClient, Task> act) in Verbs)
        {
            await using InMemorySecretStore store = await FilledAsync();
            await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).ActAs(new SecretPrincipal(id, new SecretRole(role))));
            if (await OutcomeAsync(() => act(client)) == "Denied/policy") denied.Add(verb);
        }

        Assert.That(denied, Is.EquivalentTo(refused.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    [Behaviour("W03")]
    public async Task By_default_an_owner_does_everything_with_its_own()
    {
        foreach ((string verb, _, _, Func<SecretsClient, Task> act) in Verbs.Where(verb => verb.Verb is not ("create" or "replace" or "reveal" or "make private")))
        {
            await using InMemorySecretStore store = await FilledAsync("bob");
            await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).ActAs("bob", SecretRole.Member));
            Assert.That(await OutcomeAsync(() => act(client)), Is.EqualTo("done"), verb);
        }
    }

    [Test]
    public async Task A_secret_that_may_not_be_used_is_not_in_a_listing()
    {
        await using InMemorySecretStore store = await FilledAsync();
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).AddPolicy(new Only(SecretAction.Use)));
        Assert.That(await Platform.NamesAsync(client.ListSecretsAsync()), Is.Empty);
    }

    [Test]
    public async Task What_was_shown_is_written_down_too()
    {
        Trail trail = new();
        await using InMemorySecretStore store = await FilledAsync();
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).ActAs("ada", SecretRole.Admin).AddAudit(trail));
        client.Demand(SecretAction.Reveal, Db);
        client.Demand(SecretAction.Update, Db);
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => Task.Run(() => client.Demand(SecretAction.Reveal, SecretAddress.Private(SecretScope.Team, "bob", "his"))));
        Assert.That(
            trail.Events.Select(line => (line.Action, line.Address, line.Error)),
            Is.EqualTo(new (SecretAuditAction, SecretAddress?, SecretErrorCode?)[] { (SecretAuditAction.Reveal, Db, null), (SecretAuditAction.Reveal, null, SecretErrorCode.NotFound) }));
    }

    private static async Task<InMemorySecretStore> FilledAsync(string? owner = null)
    {
        InMemorySecretStore store = new();
        foreach (string name in new[] { "db", "db", "gone" })
            store.Put(new SecretAddress(SecretScope.Team, owner, name), Platform.Pair("x"));
        await store.DeleteAsync(new SecretDelete(new SecretAddress(SecretScope.Team, owner, "gone")), default);
        store.Calls.Clear();
        return store;
    }

    private static async Task<string> OutcomeAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "done";
        }
        catch (SecretResolutionException e)
        {
            return $"{e.Problems[0].Code}/{e.Problems[0].Error?.Reason}";
        }
        catch (SecretException e)
        {
            return $"{e.Code}/{e.Reason}";
        }
    }

    private static async Task ThrowIfDeniedAsync(ValueTask<IReadOnlyList<SecretDescribeResult>> results)
    {
        if ((await results)[0].Error is { } error) throw error;
    }

    private sealed class Only(SecretAction? refused) : ISecretPolicy
    {
        public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address) => action == refused ? SecretDecision.Refused("Not here.") : SecretDecision.Allowed;
    }

    private sealed class Trail : ISecretAudit
    {
        public ConcurrentQueue<SecretAuditEvent> Events { get; } = new();

        public void Record(SecretAuditEvent auditEvent) => Events.Enqueue(auditEvent);
    }

    private sealed class NewKey : ISecretRotator
    {
        public ValueTask<SecretValues> GenerateAsync(Secret current, CancellationToken cancellationToken) => new(Platform.Pair("rotated"));

        public ValueTask SetAsync(Secret current, Secret pending, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TestAsync(Secret current, Secret pending, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
