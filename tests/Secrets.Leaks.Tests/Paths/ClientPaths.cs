using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>The client's verbs, when they work and when they fail.</summary>
public static class ClientPaths
{
    internal static SecretsClient Make(LeakProbe probe, InMemorySecretStore store, Action<ISecretsBuilder>? configure = null)
    {
        SecretsBuilder builder = new();
        builder.AttachLogging(probe.Loggers);
        builder.UseInMemory(store).ActAs("ada", SecretRole.Admin).AddAudit(new SeenAudit(probe));
        configure?.Invoke(builder);
        return builder.Build();
    }

    [LeakPath]
    public static async Task Every_verb_that_works(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = Make(probe, store);
        SecretValues values = new() { ["user"] = probe.Canary(), ["password"] = probe.PlainCanary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()) };
        probe.See(values);
        probe.See(await client.CreateSecretAsync("db", values, new CreateSecretOptions { Description = "a database", Type = "env" }));
        probe.See(await client.CreateSecretAsync("mine", values, new CreateSecretOptions { Visibility = SecretVisibility.Private }));
        probe.See(await client.GetSecretAsync("db"));
        probe.See(client.GetSecret("db"));
        client.TryGetSecret("db", out Secret? warm);
        probe.See(warm);
        probe.See(await client.GetSecretsAsync([new SecretLookup("db"), new SecretLookup("missing")]));
        probe.See(await client.DescribeSecretsAsync([new SecretLookup("db"), new SecretLookup("missing")]));
        probe.See(await client.UpdateSecretAsync("db", update => probe.See(update.Set("password", probe.Canary()).Remove("user"))));
        probe.See(await client.RefreshSecretAsync(new SecretLookup("db")));
        probe.See(await client.ExplainAsync("db"));
        await foreach (SecretProperties listed in client.ListSecretsAsync())
            probe.See(listed);
        await foreach (SecretProperties version in client.ListVersionsAsync(new SecretLookup("db")))
            probe.See(version);
        probe.See(await client.RenameSecretAsync("db", "db2"));
        await client.DeleteSecretAsync("db2");
        probe.See(client);
    }

    [LeakPath]
    public static async Task Every_refusal(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = Make(probe, store, builder => builder.AddPolicy(SecretPolicies.WriteOnly));
        SecretValues values = new() { ["user"] = probe.Canary() };
        await client.CreateSecretAsync("db", values);
        await probe.FailsAsync(() => client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary() }).AsTask());
        await probe.FailsAsync(() => client.CreateSecretAsync("", values).AsTask());
        await probe.FailsAsync(() => client.CreateSecretAsync("big", new SecretValues { ["user"] = probe.Canary() + new string('x', 70_000) }).AsTask());
        await probe.FailsAsync(() => client.CreateSecretAsync("none", []).AsTask());
        await probe.FailsAsync(() => client.UpdateSecretAsync("db", update => update.Set("user", probe.Canary()).Remove("user")).AsTask());
        await probe.FailsAsync(() => client.UpdateSecretAsync("db", update => update.Set("a", probe.Canary()).Remove("absent")).AsTask());
        await probe.FailsAsync(() => client.UpdateSecretAsync("db", update => update.Set("a", probe.Canary()).IfVersion = new SecretVersion("0")).AsTask());
        await probe.FailsAsync(() => client.UpdateSecretAsync("db", update => update.Remove("user")).AsTask());
        await probe.FailsAsync(() => client.GetSecretAsync("missing").AsTask());
        await probe.FailsAsync(() => client.As(SecretPrincipal.Anonymous).CreateSecretAsync("x", new SecretValues { ["user"] = probe.Canary() }).AsTask());
        Secret secret = await client.GetSecretAsync("db");
        await probe.FailsAsync(() => Task.FromResult(secret["pasword"]));
        await probe.FailsAsync(() => Task.FromResult(SecretValue.FromBytes(probe.BinaryCanary()).RevealString()));
        await probe.FailsAsync(() => Task.FromResult(SecretValue.FromString(probe.Canary() + '\uD800')));
    }

    [LeakPath]
    public static async Task Every_fault_of_the_store(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary() });
        foreach (SecretErrorCode code in new[] { SecretErrorCode.Denied, SecretErrorCode.Unavailable, SecretErrorCode.Throttled, SecretErrorCode.TimedOut, SecretErrorCode.Corrupted, SecretErrorCode.Unauthenticated })
        {
            using IDisposable fault = store.Faults.Add(new InMemoryFault(code) { RetryAfter = TimeSpan.FromMilliseconds(1) });
            await probe.FailsAsync(() => client.RefreshSecretAsync(new SecretLookup("db")).AsTask());
            await probe.FailsAsync(() => client.CreateSecretAsync("new", new SecretValues { ["user"] = probe.Canary() }).AsTask());
            probe.See(await client.GetSecretsAsync([new SecretLookup("db")]));
        }
    }

    [LeakPath]
    public static async Task The_store_itself(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        SecretAddress db = SecretAddress.Public("db");
        probe.See(probe.See(new SecretWrite(new SecretProperties(db, default), new SecretValues { ["a"] = probe.Canary() })).Values);
        probe.See(store.Put(db, new SecretValues { ["a"] = probe.Canary() }));
        probe.See(await store.ReadAsync([new SecretRead(db)], default));
        probe.See(await store.ListAsync(new SecretListing { PageSize = 1 }, default));
        probe.See(store.Calls);
        probe.See(store);
    }

    private sealed class SeenAudit(LeakProbe probe) : ISecretAudit
    {
        public void Record(SecretAuditEvent auditEvent) => probe.See(auditEvent);
    }
}
