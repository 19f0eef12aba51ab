using System.Globalization;
using System.Runtime.InteropServices;
using Secrets.Testing.Servers;

// By hand: dotnet run --project tests/Secrets.Testing.Servers -- aws|azure|google [port]. README.md says how to point a client at it.
int port = 0;
if (args is not ["aws" or "azure" or "google", ..] || args.Length > 2 || (args.Length == 2 && !int.TryParse(args[1], CultureInfo.InvariantCulture, out port)))
{
    await Console.Error.WriteLineAsync("usage: aws|azure|google [port]");
    return 2;
}

// What samples/AnyStore refers to, under the prefix that its settings name.
const string Pairs = """{"username":"made-up-user","password":"made-up-password"}""";

if (args[0] == "aws")
{
    await using AwsSecretsManagerServer aws = new() { Region = "eu-central-1" };
    await aws.StartAsync(port);
    aws.Put("app/mlflow-secret", Pairs);
    await ServeAsync(
        $"AWS Secrets Manager at {aws.Url}, region {aws.Region}",
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = aws.Url.AbsoluteUri, ["AWS_REGION"] = aws.Region, ["AWS_ACCESS_KEY_ID"] = aws.Credential.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = aws.Credential.SecretAccessKey, ["AWS_SESSION_TOKEN"] = aws.Credential.SessionToken!,
        });
}
else if (args[0] == "google")
{
    await using GoogleSecretManagerServer google = new() { Project = "my-project", IsEmulator = true };
    await google.StartAsync(port);
    google.Put("app-mlflow-secret", Pairs);
    await ServeAsync($"Google Secret Manager at {google.Url}, project {google.Project}, any token", new Dictionary<string, string> { ["SECRET_MANAGER_EMULATOR_HOST"] = google.Url.Authority });
}
else
{
    await using AzureLoopbackHost azure = new("my-vault", Path.Combine(Path.GetTempPath(), "secrets-loopback-vault.pem"));
    await azure.StartAsync(port);
    azure.Vault.Put("app-mlflow-secret", Pairs);
    await ServeAsync($"Azure Key Vault at {azure.Vault.Url}, token {azure.Vault.Token}; for programs with this environment, at https://{azure.VaultHost}/", azure.Environment);
}

return 0;

static async Task ServeAsync(string what, IReadOnlyDictionary<string, string> environment)
{
    Console.WriteLine(what);
    foreach ((string name, string value) in environment)
        Console.WriteLine($"  export {name}={value}");
    // The servers' hosts take these signals for themselves and leave the program running.
    TaskCompletionSource stop = new();
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await stop.Task;

    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }
}
