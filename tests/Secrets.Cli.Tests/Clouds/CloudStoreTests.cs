using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Cli.Tests.Clouds;

/// <summary>
/// The tool on the three clouds, by <c>--store URL</c>, against their wires on loopback. AWS and Google are reached as anybody would, by processes with the
/// vendors' own variables; Azure's client insists on the public cloud's address and on TLS, so that one is given its client in this process.
/// </summary>
public sealed class CloudStoreTests
{
    private static readonly string Session = Path.Combine(AppContext.BaseDirectory, "Clouds", "Scripts", "session.txt");

    [Test]
    public async Task A_session_on_AWS_Secrets_Manager()
    {
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        await PlayAsync(UrlOf(server), VariablesOf(server));
    }

    [Test]
    public async Task A_session_on_Google_Secret_Manager()
    {
        await using GoogleSecretManagerServer server = new() { IsEmulator = true };
        await server.StartAsync();
        await PlayAsync($"google-secret-manager://{server.Project}?serviceUrl={Uri.EscapeDataString(server.Url.AbsoluteUri)}", new Dictionary<string, string>());
    }

    [Test]
    public async Task A_session_on_Azure_Key_Vault()
    {
        using X509Certificate2 certificate = LoopbackCertificate.Create();
        await using AzureKeyVaultServer server = new();
        await server.StartAsync(certificate);
        await PlayAsync($"azure-key-vault://{server.Url.Authority}", null, (secrets, url) => secrets.UseAzureKeyVault(options =>
        {
            Assert.That(new Uri(url).Authority, Is.EqualTo(server.Url.Authority));
            options.VaultUri = server.Url;
            options.Credential = DelegatedTokenCredential.Create((_, _) => new AccessToken(server.Token, DateTimeOffset.UtcNow.AddHours(1)));
            options.ConfigureClient = client =>
            {
                client.DisableChallengeResourceVerification = true;
                client.Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
                {
                    SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
                }));
            };
        }));
    }

    [Test]
    [Behaviour("Z86", "Z87")]
    public async Task Under_a_prefix_a_name_may_be_an_id_the_value_is_JSON_and_what_is_elsewhere_is_not_found()
    {
        using TemporaryDirectory directory = new();
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        string id = Guid.NewGuid().ToString();
        server.Put($"elsewhere/{id}", """{"key":"canary-elsewhere"}""");
        string store = UrlOf(server) + "&prefix=zenml%2F";

        (int code, _, string errors) = await ToolProcess.RunAsync(directory.Path, VariablesOf(server), "", "get", id, "--store", store);
        Assert.That(code, Is.EqualTo(3), errors);

        (code, _, errors) = await ToolProcess.RunAsync(directory.Path, VariablesOf(server), "canary-value", "create", id, "key=-", "--store", store);
        Assert.That(code, Is.Zero, errors);
        Assert.That(server.Names, Does.Contain($"zenml/{id}"));
        Assert.That(server.TextOf($"zenml/{id}"), Is.EqualTo("""{"key":"canary-value"}"""));
    }

    [Test]
    [Behaviour("B20")]
    public async Task Who_is_not_signed_in_is_told_what_to_do_about_it()
    {
        using TemporaryDirectory directory = new();
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        Dictionary<string, string> variables = new(VariablesOf(server)) { ["AWS_SECRET_ACCESS_KEY"] = "another-not-a-real-key" };

        (int code, string output, string errors) = await ToolProcess.RunAsync(directory.Path, variables, "", "get", "db", "--store", UrlOf(server));

        Assert.That(code, Is.EqualTo(4), errors);
        Assert.That(output, Is.Empty);
        Assert.That(errors.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(errors, Does.Contain("sign").IgnoreCase.Or.Contain("credential").IgnoreCase);
    }

    [Test]
    [Behaviour("W25", "W26")]
    public async Task The_variable_of_a_WandB_server_names_the_store()
    {
        using TemporaryDirectory directory = new();
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        server.Put("team-a/HF_TOKEN", """{"value":"canary-token"}""");
        Dictionary<string, string> variables = new(VariablesOf(server))
        {
            ["GORILLA_CUSTOMER_SECRET_STORE_SOURCE"] = "aws-secretmanager://team-a?namespace=team-a",
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = server.Url.AbsoluteUri,
            ["AWS_REGION"] = server.Region,
        };

        (int code, string output, string errors) = await ToolProcess.RunAsync(directory.Path, variables, "", "get", "HF_TOKEN", "--key", "value", "--reveal");

        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Is.EqualTo("canary-token"));
    }

    private static string UrlOf(AwsSecretsManagerServer server) => $"aws-secrets-manager://{server.Region}?serviceUrl={Uri.EscapeDataString(server.Url.AbsoluteUri)}";

    private static Dictionary<string, string> VariablesOf(AwsSecretsManagerServer server) => new()
    {
        ["AWS_ACCESS_KEY_ID"] = server.Credential.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = server.Credential.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = server.Credential.SessionToken ?? "",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    // Processes with these variables, or, with a store of the test's own, the commands in this process.
    private static async Task PlayAsync(string url, IReadOnlyDictionary<string, string>? variables, Action<ISecretsBuilder, string>? use = null)
    {
        (IReadOnlyList<ScriptStep> steps, IReadOnlyDictionary<string, string> files) = Script.Parse(await File.ReadAllLinesAsync(Session));
        using TemporaryDirectory directory = new();
        foreach ((string name, string text) in files)
            directory.Write(name, text);
        foreach (ScriptStep step in steps)
        {
            string[] words = [.. Script.Words(step.Command)[1..].Select(word => word.Replace("STORE", url, StringComparison.Ordinal))];
            string input = string.Concat(step.Input.Select(line => line + "\n"));
            (int code, string output, string errors) = use is null
                ? await ToolProcess.RunAsync(directory.Path, variables, input, words)
                : await RunHereAsync(directory, use, input, words);
            Assert.That(code, Is.EqualTo(step.ExitCode), $"line {step.Line}: {step.Command}\n{output}{errors}");
            Assert.That(step.IsOutputFree || (Script.Matches(step.Output, output) && Script.Matches(step.Errors, errors)), Is.True, $"line {step.Line}: {step.Command}\n{output}{errors}");
            Assert.That(Regex.Count(errors, "canary-"), Is.Zero, step.Command);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunHereAsync(TemporaryDirectory directory, Action<ISecretsBuilder, string> use, string input, string[] words)
    {
        FakeTerminal terminal = new(input, null);
        CommandEnvironment environment = new()
        {
            Terminal = terminal,
            Directory = directory.Path,
            Variable = name => name == "HOME" ? directory.Path : null,
            UserName = "ada",
            UseUrl = use,
        };
        int code = await SecretsCommandLine.RunAsync(words, environment);
        return (code, terminal.OutText, terminal.ErrorText);
    }
}
