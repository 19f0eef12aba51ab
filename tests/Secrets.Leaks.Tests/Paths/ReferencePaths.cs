using System.Text;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>References: the resolved text is the caller's, everything else is ours and holds nothing of it.</summary>
public static class ReferencePaths
{
    [LeakPath]
    public static async Task Resolving(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary(), ["password"] = probe.Canary() });
        await client.CreateSecretAsync("TOKEN", new SecretValues { ["value"] = probe.Canary() });
        SecretTemplate template = probe.See(SecretTemplate.Parse("Username={{db.user}};Password={{db.password | connection-string}};<<db.user>>${TOKEN}$<TOKEN>{{db.user | shell}}{{db.user | xml}}"));
        Assert.That(await client.ResolveAsync(template), Does.Contain("canary"));
        foreach (SecretTemplateResult result in await client.ResolveAllAsync([template, SecretTemplate.Parse("{{db.absent}} {{db.user}}")]))
        {
            probe.Catch("a result's text form", result.ToString());
            if (result.Error is { } error) probe.See(error);
        }

        await client.ResolveAsync(SecretTemplate.ParseJson("""{"a":"{{db.user}}"}"""));
        using MemoryStream input = new(Encoding.UTF8.GetBytes("a {{db.user}} b"));
        using MemoryStream output = new();
        await client.ResolveAsync(input, output);
    }

    [LeakPath]
    public static async Task Failing_next_to_what_resolves(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()), ["line"] = probe.Canary() });
        await probe.FailsAsync(() => client.ResolveAsync("{{db.user}} {{db.pasword}} {{dbb.user}}").AsTask());
        await probe.FailsAsync(() => client.ResolveAsync("{{db.user}} {{db.keytab}}").AsTask());
        await probe.FailsAsync(() => client.ResolveAsync("{{db.user}} {{db.user | no-such-encoder}}").AsTask());
        await probe.FailsAsync(() => client.ResolveAsync("{{db.user}} {{db").AsTask());
        using IDisposable fault = store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        await probe.FailsAsync(() => client.ResolveAsync("{{other.user}}").AsTask());
    }

    [LeakPath]
    public static async Task Validating(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary() });
        foreach (SecretValidationLevel level in Enum.GetValues<SecretValidationLevel>())
            probe.See(await client.ValidateAsync(SecretTemplate.Parse("{{db.user}} {{db.absent}} {{missing.key}}"), level));
        SecretValidationReport report = await client.ValidateAsync(SecretTemplate.Parse("{{db.absent}}"));
        await probe.FailsAsync(() =>
        {
            report.ThrowIfInvalid();
            return Task.CompletedTask;
        });
    }
}
