using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>Versions, listings, registration, import and export.</summary>
public static class LifecyclePaths
{
    [LeakPath]
    public static async Task Rolling_back_recovering_purging(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        SecretLookup db = new("db");
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary() });
        await client.UpdateSecretAsync(db, update => update.Set("user", probe.Canary()));
        probe.See(await client.RollBackSecretAsync(db));
        await client.DeleteSecretAsync(db);
        probe.See(await client.RecoverSecretAsync(db));
        probe.See(await client.DeleteSecretsAsync(["d*"]));
        await client.PurgeSecretAsync(db);
        await probe.FailsAsync(() => client.RecoverSecretAsync(db).AsTask());
    }

    [LeakPath]
    public static async Task Listing_and_finding(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        SecretProperties db = await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary() });
        probe.See(await client.ListPageAsync(new SecretPageQuery { Size = 1, Search = "d" }));
        probe.See(SecretFields.Pick(db, Enum.GetValues<SecretField>()));
        probe.See(await client.FindSecretAsync(db.Id.ToString()));
        // A value pasted in the wrong place is not repeated by the refusal.
        await probe.FailsAsync(() => Task.FromResult(SecretFilter.Parse("name", $"oneof:{probe.Canary()}")));
        await probe.FailsAsync(() => Task.FromResult(SecretFilter.Parse(probe.PlainCanary(), "x")));
        await probe.FailsAsync(() => client.ListPageAsync(new SecretPageQuery { After = probe.PlainCanary() }).AsTask());
    }

    [LeakPath]
    public static async Task Registering(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        SecretTemplate[] needed = [SecretTemplate.Parse("{{db.user}} ${TOKEN}")];
        probe.See(await client.RegisterSecretsAsync(needed, (request, _) => new ValueTask<SecretValue?>(SecretValue.FromString(probe.See(request).Key is null ? probe.Canary() : probe.PlainCanary()))));
        probe.See(await client.ListRequiredSecretsAsync(needed));
    }

    [LeakPath]
    public static async Task Exporting_and_importing(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()) });
        SecretValue document = probe.See(await client.ExportSecretsAsync(["*"]));
        probe.See(SecretExchange.ImportAll(document));
        await probe.FailsAsync(() => client.ImportSecretsAsync(SecretExchange.ImportAll(document)).AsTask());
        probe.See(await client.ImportSecretsAsync(SecretExchange.ImportAll(document), overwrite: true));
        await probe.FailsAsync(() => Task.FromResult(SecretExchange.Import(SecretValue.FromString($"{{\"a\": \"{probe.PlainCanary()}\", \"b\": [}}"))));
        await probe.FailsAsync(() => Task.FromResult(SecretExchange.Export(new SecretValues { ["a-b"] = probe.Canary() }, SecretExchangeFormat.Dotenv)));
    }

    [LeakPath]
    public static async Task Exporting_and_importing_many_in_every_format(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()) });
        foreach (SecretExchangeFormat format in Enum.GetValues<SecretExchangeFormat>())
        {
            SecretValue document = probe.See(await client.ExportSecretsAsync(["*"], format));
            probe.See(SecretExchange.ImportAll(document, format));
            await probe.FailsAsync(() => client.ImportSecretsAsync(SecretExchange.ImportAll(document, format)).AsTask());
            await probe.FailsAsync(() => Task.FromResult(SecretExchange.ImportAll(SecretValue.FromString($"a__k='{probe.PlainCanary()}"), format)));
            await probe.FailsAsync(() => Task.FromResult(SecretExchange.ImportAll(SecretValue.FromString($"{{a: {{k: \"{probe.PlainCanary()}\", b: [}}"), format)));
            await probe.FailsAsync(() => Task.FromResult(SecretExchange.ImportAll(SecretValue.FromString($"{{\"format\": \"secrets-1\", \"secrets\": [{{\"name\": \"a\", \"values\": {{\"k\": \"{probe.PlainCanary()}\"}}, \"more\": 1}}]}}"), format)));
        }

        await probe.FailsAsync(() => Task.FromResult(SecretExchange.ImportAll(SecretValue.FromString($"a____base64__k='{probe.PlainCanary()}-'"), SecretExchangeFormat.Dotenv)));
        await probe.FailsAsync(() => client.ImportSecretsAsync([new SecretImport("no name", new SecretValues { ["k"] = probe.Canary() }, new CreateSecretOptions())]).AsTask());
    }

    [LeakPath]
    public static async Task Breaking_a_profiles_rules(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store, builder => builder.UseProfile(SecretProfiles.Paperspace));
        await probe.FailsAsync(() => client.CreateSecretAsync("TOKEN", new SecretValues { ["value"] = probe.Canary() + new string('x', 9_000) }).AsTask());
        await probe.FailsAsync(() => client.CreateSecretAsync("TOKEN", new SecretValues { ["other"] = probe.Canary() }).AsTask());
        await probe.FailsAsync(() => client.CreateSecretAsync("to-ken", new SecretValues { ["value"] = probe.Canary() }).AsTask());
    }
}
