using System.Globalization;

namespace Secrets.Injection.Tests.References;

/// <summary>All keys of one resolution come from one version of the secret: never a new user with an old password (bank-vaults #1553, nomad #15057).</summary>
internal sealed class OneVersionTests
{
    [Test]
    public async Task Two_lookups_that_lead_to_one_secret_share_its_version()
    {
        // The second lookup of the batch meets a version that was written after the first.
        FewSecrets client = new FewSecrets { RotatesAtEachGet = true }.With("db", new() { ["user"] = "u", ["password"] = "p" });

        string text = await client.ResolveAsync("{{db.user}} {{team:db.password}}");

        Assert.That(text, Is.EqualTo("u-1 p-1"));
    }

    [Test]
    public async Task A_named_version_is_that_version()
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        SecretProperties old = await client.CreateSecretAsync("db", new() { ["user"] = "old" });
        await client.UpdateSecretAsync("db", update => update.Set("user", "new"));

        string text = await client.ResolveAsync($"{{{{db.user @{old.Version}}}}} {{{{db.user}}}}");

        Assert.That(text, Is.EqualTo("old new"));
    }

    [Test]
    public async Task No_pair_is_mixed_while_the_secret_rotates()
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        await client.CreateSecretAsync("db", Pair(0));
        SecretTemplate template = SecretTemplate.Parse("{{db.user}} {{db.password}}");
        SecretTemplate scoped = SecretTemplate.Parse("{{team:db.user}} {{db.password}}");

        Task writer = Task.Run(async () =>
        {
            for (int i = 1; i <= 300; i++)
                await client.UpdateSecretAsync("db", update => update.Set("user", Pair(i)["user"]).Set("password", Pair(i)["password"]));
        });
        List<string> mixed = [];
        do
        {
            IReadOnlyList<SecretTemplateResult> results = await client.ResolveAllAsync([template, scoped]);
            string[] seen = [await client.ResolveAsync(template), .. results.Select(result => result.Text!)];
            mixed.AddRange(seen.Concat([string.Join(' ', results.SelectMany(result => result.Text!.Split(' ')))]).Where(text => text.Split(' ').Distinct().Count() > 1));
        }
        while (!writer.IsCompleted);
        await writer;

        Assert.That(mixed, Is.Empty);
    }

    private static SecretValues Pair(int i) => new() { ["user"] = i.ToString(CultureInfo.InvariantCulture), ["password"] = i.ToString(CultureInfo.InvariantCulture) };
}
