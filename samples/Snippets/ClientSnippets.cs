namespace Secrets.Snippets;

public sealed class ClientSnippets
{
    [Test]
    public async Task Keep_find_and_change()
    {
        await using SecretsClient client = SecretsClient.Create(secrets => secrets
            .UseInMemory()
            .WithScopes(project: "churn", cluster: "gpu-1")
            .ActAs("ada", SecretRole.Admin));

        #region keep-find-change
        await client.CreateSecretAsync("openai_secret", new() { ["api_key"] = "not-a-real-key", ["organization_id"] = "org-1" });
        await client.CreateSecretAsync(
            "openai_secret",
            new() { ["api_key"] = "my-own-not-a-real-key" },
            new CreateSecretOptions { Visibility = SecretVisibility.Private, Scope = SecretScope.Project("churn") });

        Secret mine = await client.GetSecretAsync("openai_secret");                              // private first, then public
        Secret everyones = await client.GetSecretAsync("openai_secret", SecretVisibility.Public);
        Console.WriteLine(mine["api_key"]);                                                      // ***
        string key = mine["api_key"].RevealString();                                             // the only way to plaintext

        await client.UpdateSecretAsync("openai_secret", update => update.Set("api_key", "a-newer-one"));
        SecretExplanation why = await client.ExplainAsync("openai_secret");                      // which one applies, which it shadows
        #endregion

        Assert.That(key, Is.EqualTo("my-own-not-a-real-key"));
        Assert.That(everyones["api_key"].RevealString(), Is.EqualTo("not-a-real-key"));
        Assert.That((await client.GetSecretAsync("openai_secret"))["api_key"].RevealString(), Is.EqualTo("a-newer-one"));
        Assert.That(why.Applied!.Address.Visibility, Is.EqualTo(SecretVisibility.Private));
        Assert.That(why.Shadowed.Single().Address.Visibility, Is.EqualTo(SecretVisibility.Public));
    }

    [Test]
    public async Task Refer_and_check()
    {
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("db", new() { ["user"] = "orders", ["password"] = "not;a real=one" });

        #region refer-and-check
        SecretTemplate template = SecretTemplate.Parse("Host=db;Username={{db.user}};Password={{db.password | connection-string}}");
        SecretValidationReport report = await client.ValidateAsync(template, SecretValidationLevel.SecretAndKeyExists);
        report.ThrowIfInvalid();                                   // one report: every missing name.key, and where it is written
        string text = await client.ResolveAsync(template);         // both keys from one version of `db`, in one pass
        #endregion

        Assert.That(text, Is.EqualTo("Host=db;Username=orders;Password=\"not;a real=one\""));
        Assert.That(report.IsValid);
    }
}
