using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Secrets.Snippets;

public sealed class ConfigurationSnippets
{
    [Test]
    public async Task A_secret_as_a_plain_source()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("openai_secret"), new SecretValues { ["api_key"] = "not-a-real-key" });

        #region secret-values
        builder.AddSecrets(secrets => secrets.UseInMemory(store));
        builder.AddSecretValues("openai_secret", section: "OpenAi");            // OpenAi:api_key and whatever other keys it has
        builder.AddSecretValues("openai_trial", "OpenAiTrial", optional: true);   // may be missing
        builder.Services.AddHealthChecks().AddSecrets();
        #endregion

        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.That(builder.Configuration["OpenAi:api_key"], Is.EqualTo("not-a-real-key"));
        await host.StopAsync();
    }

    [Test]
    public async Task A_configuration_without_a_host()
    {
        InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["user"] = "orders", ["password"] = "not-a-real-password" });
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));

        #region build-with-secrets
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Db:ConnectionString", "Username={{db.user}};Password={{db.password | connection-string}}")])
            .AddSecretValues(client, "db", section: "Db")
            .BuildWithSecrets(client);
        #endregion

        Assert.That(configuration["Db:ConnectionString"], Is.EqualTo("Username=orders;Password=not-a-real-password"));
        Assert.That(configuration["Db:user"], Is.EqualTo("orders"));
    }
}
