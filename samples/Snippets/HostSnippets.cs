using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets.Testing;

namespace Secrets.Snippets;

[NonParallelizable]
public sealed class HostSnippets
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly TemporaryDirectory _directory = new();

    [OneTimeSetUp]
    public async Task MakeAStore()
    {
        _directory.Write("appsettings.json", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", _directory["state"]);
        Environment.CurrentDirectory = _directory.Path;

        await (await EncryptedFileSecretStore.CreateAsync(new EncryptedFileOptions("app.secrets"))).DisposeAsync();
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseEncryptedFile("app.secrets"));
        await client.CreateSecretAsync("mlflow_secret", new() { ["username"] = "mlflow", ["password"] = "not a/real one" });
        await client.CreateSecretAsync("openai_secret", new() { ["api_key"] = "not-a-real-key" });
        await client.CreateSecretAsync("HF_TOKEN", new() { ["value"] = "not-a-real-token" });
    }

    [OneTimeTearDown]
    public void Leave()
    {
        Environment.CurrentDirectory = _before;
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", null);
        _directory.Dispose();
    }

    [Test]
    public async Task A_host_binds_resolved_options()
    {
        string[] args = [];

        #region host
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);       // or WebApplication.CreateBuilder

        builder.AddSecrets(secrets => secrets                                       // the client, and references in configuration:
            .UseEncryptedFile("app.secrets")                                        // resolved, checked before the host starts, live after
            .WithScopes(project: "churn", cluster: "gpu-1"));                       // looked for in project, cluster, team

        builder.Services.Configure<MlflowOptions>(builder.Configuration.GetSection("Mlflow"));
        #endregion

        using IHost host = builder.Build();
        await host.StartAsync();
        MlflowOptions mlflow = host.Services.GetRequiredService<IOptions<MlflowOptions>>().Value;
        Assert.That(mlflow.Uri, Is.EqualTo("https://mlflow:not%20a%2Freal%20one@mlflow.internal"));
        Assert.That(mlflow.ApiKey!.RevealString(), Is.EqualTo("not-a-real-key"));
        Assert.That(mlflow.Token, Is.EqualTo("not-a-real-token"));
        await host.StopAsync();
    }
}
