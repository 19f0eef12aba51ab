using System.Globalization;
using Secrets.Testing.Servers;

// By hand: dotnet run --project tests/Secrets.Testing.Servers -- aws|azure|google [port]. README.md says how to point a client at it.
int port = 0;
if (args is not ["aws" or "azure" or "google", ..] || args.Length > 2 || (args.Length == 2 && !int.TryParse(args[1], CultureInfo.InvariantCulture, out port)))
{
    await Console.Error.WriteLineAsync("usage: aws|azure|google [port]");
    return 2;
}

if (args[0] == "aws")
{
    await using AwsSecretsManagerServer aws = new();
    await aws.StartAsync(port);
    Console.WriteLine($"AWS Secrets Manager at {aws.Url}, region {aws.Region}, access key {aws.Credential.AccessKeyId}, secret key {aws.Credential.SecretAccessKey}, session token {aws.Credential.SessionToken}");
    await Task.Delay(Timeout.Infinite);
}
else if (args[0] == "google")
{
    await using GoogleSecretManagerServer google = new();
    await google.StartAsync(port);
    Console.WriteLine($"Google Secret Manager at {google.Url}, project {google.Project}, token {google.Token}");
    await Task.Delay(Timeout.Infinite);
}
else
{
    await using AzureLoopbackHost azure = new("my-vault", Path.Combine(Path.GetTempPath(), "secrets-loopback-vault.pem"));
    await azure.StartAsync(port);
    Console.WriteLine($"Azure Key Vault at {azure.Vault.Url}, token {azure.Vault.Token}; as https://{azure.VaultHost}/ for a program with");
    foreach ((string name, string value) in azure.Environment)
        Console.WriteLine($"  export {name}={value}");
    await Task.Delay(Timeout.Infinite);
}

return 0;
