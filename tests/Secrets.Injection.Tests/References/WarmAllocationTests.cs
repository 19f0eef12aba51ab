namespace Secrets.Injection.Tests.References;

[NonParallelizable]
internal sealed class WarmAllocationTests
{
    [TestCase("Host=db;Username={{db.user}};Password={{db.password}}")]
    [TestCase("{{db.user}}:{{other.key}}@host")]
    public async Task A_warm_template_with_two_references_allocates_its_result_and_nothing_else(string text)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new() { ["user"] = "ada", ["password"] = "canary-password" });
        store.Put(SecretAddress.Public("other"), new() { ["key"] = "canary-key" });
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        SecretTemplate template = SecretTemplate.Parse(text);
        string result = await client.ResolveAsync(template);
        Resolve(client, template, 1000);

        long resolved = Resolve(client, template, 1000);
        long copied = Copy(result, 1000);

        Assert.That(resolved, Is.EqualTo(copied));
    }

    private static long Resolve(SecretsClient client, SecretTemplate template, int times)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
            GC.KeepAlive(client.ResolveAsync(template).Result);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Copy(string text, int times)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
            GC.KeepAlive(new string(text.AsSpan()));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
