using Google.Apis.Auth.OAuth2;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>Servers, stores that point at them, and what the tests of all clouds need to know of this one.</summary>
internal static class GoogleTestStore
{
    public const string ReadOperation = "versions.access";

    public static IEnumerable<BadInput> BadInputs =>
    [
        new("the wrong place", SecretErrorCode.Denied, "may-not-exist", "on the project", (_, options) => options.Project = "another-project"),
        new("the wrong location", SecretErrorCode.InvalidArgument, "wrong-location", "Leave ServiceUrl out", (_, options) => options.Location = "europe-west3"),
        new("expired credentials", SecretErrorCode.Unauthenticated, "wrong-credential", "Sign in again", (_, options) => options.Credential = GoogleCredential.FromAccessToken("canary-of-an-ended-token")),
        new("no credentials", SecretErrorCode.Unauthenticated, "no-credentials", "Set GOOGLE_APPLICATION_CREDENTIALS",
            (_, options) => (options.ServiceUrl, options.Credential) = (new Uri("https://127.0.0.1:1/"), null)),
        new("no credentials over plain http, where none of the machine's is sent", SecretErrorCode.Unauthenticated, "wrong-credential", "Sign in again", (_, options) => options.Credential = null),
        new("a service that is not there", SecretErrorCode.Unavailable, null, "Check the endpoint", (_, options) => options.ServiceUrl = new Uri("http://127.0.0.1:1/")),
    ];

    public static SecretStoreUrlSchemeAttribute Url { get; } = new GoogleSecretManagerUrlSchemeAttribute();

    public static IEnumerable<string[]> WrongUrls =>
    [
        ["://p?prefx=a", "prefx"],
        ["://p?readProperties=no", "readProperties"],
        ["://user:not-a-real-secret@p", "credentials"],
        ["://p/secrets/db", "nothing behind"],
        ["://p?deleteExpired=maybe", "deleteExpired"],
    ];

    public static string TooLongName => new('.', 52);

    public static IReadOnlyDictionary<string, string> IllegalTags { get; } = new Dictionary<string, string> { ["a b"] = "1" };

    public static async Task<GoogleSecretManagerServer> StartAsync()
    {
        GoogleSecretManagerServer server = new();
        await server.StartAsync();
        return server;
    }

    public static GoogleSecretManagerSecretStore Open(GoogleSecretManagerServer server, Action<GoogleSecretManagerOptions>? configure = null)
    {
        GoogleSecretManagerOptions options = new()
        {
            Name = "google-test",
            Project = server.Project,
            ServiceUrl = server.Url,
            Credential = GoogleCredential.FromAccessToken(server.Token),
            // Faults are to be seen at once; one test looks at the SDK's retries.
            ConfigureClient = client => client.MessageHandler.NumTries = 1,
        };
        configure?.Invoke(options);
        return new GoogleSecretManagerSecretStore(options);
    }

    public static void GiveUpAfter(GoogleSecretManagerOptions options, TimeSpan time) => options.ConfigureClient += client => client.Timeout = time;

    public static void RetryOnce(GoogleSecretManagerOptions options) => options.ConfigureClient = client => client.MessageHandler.NumTries = 2;

    public static void FailAsUnavailable(GoogleSecretManagerServer server, int times) => server.Fail(503, "UNAVAILABLE", "busy", times: times);
}
