using Amazon.Runtime;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>Servers, stores that point at them, and what the tests of all clouds need to know of this one.</summary>
internal static class AwsTestStore
{
    public const string ReadOperation = "GetSecretValue";

    public static IEnumerable<BadInput> BadInputs =>
    [
        new("the wrong place", SecretErrorCode.Unauthenticated, "wrong-credential", "the region", (_, options) => options.Region = "us-test-9"),
        new("expired credentials", SecretErrorCode.Unauthenticated, "expired-credential", "Sign in again",
            Arrange: server => server.Fail("ExpiredTokenException", "The security token included in the request is expired")),
        new("no credentials", SecretErrorCode.Unauthenticated, "no-credentials", "Set a profile", (_, options) => options.Credentials = null),
        new("a wrong secret key", SecretErrorCode.Unauthenticated, "wrong-credential", "Check the access key",
            (server, options) => options.Credentials = new SessionAWSCredentials(server.Credential.AccessKeyId, "canary-of-a-wrong-key", server.Credential.SessionToken)),
        new("a service that is not there", SecretErrorCode.Unavailable, null, "Check region and endpoint", (_, options) => options.ServiceUrl = new Uri("http://127.0.0.1:1/")),
        new("a KMS key that is disabled", SecretErrorCode.Denied, "kms-key", "is enabled", Arrange: server => server.Fail("DecryptionFailure", "Secrets Manager can't decrypt the protected secret text.")),
    ];

    public static SecretStoreUrlSchemeAttribute Url { get; } = new AwsSecretsManagerUrlSchemeAttribute();

    public static IEnumerable<string[]> WrongUrls =>
    [
        ["://eu-central-1?prefx=prod/", "prefx"],
        ["://eu-central-1?readProperties=no", "readProperties"],
        ["://eu-central-1?maxConcurrency=many", "maxConcurrency"],
        ["://key:not-a-real-secret@eu-central-1", "credentials"],
        ["://eu-central-1/prod", "path"],
    ];

    public static string TooLongName => new('é', 200);

    public static IReadOnlyDictionary<string, string> IllegalTags { get; } = new Dictionary<string, string> { ["a{b}"] = "1" };

    public static async Task<AwsSecretsManagerServer> StartAsync()
    {
        AwsSecretsManagerServer server = new();
        await server.StartAsync();
        return server;
    }

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

    public static void GiveUpAfter(AwsSecretsManagerOptions options, TimeSpan time) => options.ConfigureClient += client => client.Timeout = time;

    public static void RetryOnce(AwsSecretsManagerOptions options) => options.ConfigureClient = client => client.MaxErrorRetry = 1;

    public static void FailAsUnavailable(AwsSecretsManagerServer server, int times) =>
        server.Fail("InternalServiceError", "An error occurred on the server side.", 500, times: times);
}
