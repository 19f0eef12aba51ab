using Amazon.Runtime;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>A store that points at a server of this test run.</summary>
internal static class AwsTestStore
{
    public static AwsSecretsManagerSecretStore Open(AwsSecretsManagerServer server, Action<AwsSecretsManagerOptions>? configure = null)
    {
        AwsSecretsManagerOptions options = new()
        {
            Name = "aws-test",
            Region = server.Region,
            ServiceUrl = server.Url,
            Credentials = new SessionAWSCredentials(server.Credential.AccessKeyId, server.Credential.SecretAccessKey, server.Credential.SessionToken),
            // Faults are to be seen at once; one test looks at the SDK's retries.
            ConfigureClient = client => client.MaxErrorRetry = 0,
        };
        configure?.Invoke(options);
        return new AwsSecretsManagerSecretStore(options);
    }
}
