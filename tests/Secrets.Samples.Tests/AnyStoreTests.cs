using System.Diagnostics;
using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Samples.Tests;

/// <summary>The same program, byte for byte, on each store; only settings and environment differ.</summary>
public sealed class AnyStoreTests
{
    private const string Pairs = """{"username":"mlflow-user","password":"made-up p@ssword"}""";

    [Test]
    public async Task It_runs_on_the_embedded_file()
    {
        using TemporaryDirectory directory = new();
        string path = directory["app.secrets"];
        await using (SecretsClient client = SecretsClient.Create(secrets => secrets.UseEncryptedFile(path, options =>
        {
            options.CreateIfMissing = true;
            options.Unlock.Add(UnlockMethod.KeyFile(path + ".key"));
            options.Anchor = new FileRollbackAnchor(directory["secrets"]);
        })))
        {
            await client.CreateSecretAsync("mlflow-secret", new() { ["username"] = "mlflow-user", ["password"] = "made-up p@ssword" });
        }

        await RunsAsync($"encrypted-file://{path}", [$"--Secrets:Store=encrypted-file://{path}"], ("XDG_STATE_HOME", directory["state"]));
    }

    [Test]
    public async Task It_runs_on_AWS()
    {
        await using AwsSecretsManagerServer server = new() { Region = "eu-central-1" };
        await server.StartAsync();
        server.Put("app/mlflow-secret", Pairs);
        await RunsAsync(
            "aws-secrets-manager://eu-central-1?prefix=app/", [], ("DOTNET_ENVIRONMENT", "Aws"), ("AWS_ENDPOINT_URL", server.Url.AbsoluteUri),
            ("AWS_ACCESS_KEY_ID", server.Credential.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", server.Credential.SecretAccessKey), ("AWS_SESSION_TOKEN", server.Credential.SessionToken!));
    }

    [Test]
    public async Task It_runs_on_Google()
    {
        await using GoogleSecretManagerServer server = new() { Project = "my-project", IsEmulator = true };
        await server.StartAsync();
        server.Put("app-mlflow-secret", Pairs);
        await RunsAsync(
            "google-secret-manager://my-project?prefix=app-", [], ("DOTNET_ENVIRONMENT", "Google"), ("SECRET_MANAGER_EMULATOR_HOST", server.Url.Authority));
    }

    [Test]
    public async Task It_runs_on_Azure()
    {
        using TemporaryDirectory directory = new();
        await using AzureLoopbackHost azure = new("my-vault", directory["trusted.pem"]);
        await azure.StartAsync();
        azure.Vault.Put("app-mlflow-secret", Pairs);
        await RunsAsync("azure-key-vault://my-vault?prefix=app-", [], [("DOTNET_ENVIRONMENT", "Azure"), .. azure.Environment.Select(pair => (pair.Key, pair.Value))]);
        Assert.That(azure.TokenCalls.Select(call => call.Secret), Is.Not.Empty.And.All.EqualTo("https://vault.azure.net"), "The managed identity was asked for the vault's token.");
        Assert.That(azure.AskedHosts, Is.Not.Empty.And.All.EqualTo("my-vault.vault.azure.net:443"), "Nothing else was called.");
        Assert.That(azure.Vault.Calls.Select(call => call.Operation), Does.Contain("challenge").And.Contain("get"));
    }

    [Test]
    public async Task On_Azure_it_hands_no_token_to_what_is_no_vault()
    {
        // A loopback address is no vault of any cloud, and the SDK sees that from the vault's own challenge.
        using TemporaryDirectory directory = new();
        await using AzureLoopbackHost azure = new("my-vault", directory["trusted.pem"]);
        await azure.StartAsync();
        (int exitCode, string output, string error) = await RunAsync(
            [$"--Secrets:Store=azure-key-vault://{azure.Vault.Url.Authority}?prefix=app-"], [("DOTNET_ENVIRONMENT", "Azure"), .. azure.Environment.Select(pair => (pair.Key, pair.Value))]);
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(error, Does.Contain("The SDK refuses to send a token there"));
        Assert.That(azure.Vault.Calls.Select(call => call.Operation), Is.Not.Empty.And.All.EqualTo("challenge"));
    }

    private static async Task RunsAsync(string store, string[] arguments, params (string Name, string Value)[] environment)
    {
        (int exitCode, string output, string error) = await RunAsync(arguments, environment);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain($"store   {store}"));
        Assert.That(output, Does.Contain("secret  mlflow-secret: username, password"));
        Assert.That(output, Does.Contain("option  Mlflow:Uri = https://***:***@mlflow.internal"));
        Assert.That(output + error, Does.Not.Contain("mlflow-user").And.Not.Contain("made-up"));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = SampleProgram.StartInfo("AnyStore", arguments);
        // The machine's own proxy is none of the test's, and goes before the one that is.
        foreach (string inherited in new[] { "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
            start.Environment.Remove(inherited);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return await SampleProgram.RunAsync(start);
    }
}
