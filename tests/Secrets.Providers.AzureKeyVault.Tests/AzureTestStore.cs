using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>Servers with TLS, stores that trust them, and what the tests of all clouds need to know of this one.</summary>
internal static class AzureTestStore
{
    public const string ReadOperation = "get";

    public static IEnumerable<BadInput> BadInputs =>
    [
        new("the wrong place", SecretErrorCode.Unauthenticated, "wrong-vault", "Check that the vault's address",
            (_, options) => options.ConfigureClient += client => client.DisableChallengeResourceVerification = false),
        new("expired credentials", SecretErrorCode.Unauthenticated, "wrong-credential", "Sign in again", (_, options) => options.Credential = new FixedToken("canary-of-an-ended-token")),
        new("no credentials", SecretErrorCode.Unauthenticated, "no-credentials", "Set a managed or workload identity",
            (_, options) => options.Credential = new FailingCredential(new CredentialUnavailableException("nothing configured"))),
        new("a refused client secret", SecretErrorCode.Unauthenticated, "wrong-credential", "Check tenant",
            (_, options) => options.Credential = new FailingCredential(new AuthenticationFailedException("client secret canary-client-secret is wrong"))),
        new("a service that is not there", SecretErrorCode.Unavailable, null, "Check the vault's address", (_, options) => options.VaultUri = new Uri("https://127.0.0.1:1/")),
        new("a secret that is disabled", SecretErrorCode.Denied, "disabled", "Enable it", Arrange: server => server.Put("db", "canary", enabled: false)),
    ];

    public static SecretStoreUrlSchemeAttribute Url { get; } = new AzureKeyVaultUrlSchemeAttribute();

    public static IEnumerable<string[]> WrongUrls =>
    [
        ["://v?prefx=a", "prefx"],
        ["://user:not-a-real-secret@v", "credentials"],
        ["://v/secrets/db", "nothing behind"],
        [":", "names a vault"],
    ];

    public static string TooLongName => new('_', 26);

    public static IReadOnlyDictionary<string, string> IllegalTags { get; } = Enumerable.Range(0, 15).ToDictionary(i => $"t{i}", i => "1");

    public static X509Certificate2 Certificate { get; } = LoopbackCertificate.Create();

    // Shared, so that a thousand calls take a few connections.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString() },
    });

    public static async Task<AzureKeyVaultServer> StartAsync()
    {
        AzureKeyVaultServer server = new();
        await server.StartAsync(Certificate);
        return server;
    }

    public static AzureKeyVaultSecretStore Open(AzureKeyVaultServer server, Action<AzureKeyVaultOptions>? configure = null)
    {
        AzureKeyVaultOptions options = new() { Name = "azure-test", VaultUri = server.Url, Credential = new FixedToken(server.Token), ConfigureClient = Configure };
        configure?.Invoke(options);
        return new AzureKeyVaultSecretStore(options);
    }

    public static SecretClient Client(AzureKeyVaultServer server)
    {
        SecretClientOptions settings = new();
        Configure(settings);
        return new SecretClient(server.Url, new FixedToken(server.Token), settings);
    }

    public static void GiveUpAfter(AzureKeyVaultOptions options, TimeSpan time) => options.ConfigureClient += client => client.Retry.NetworkTimeout = time;

    public static void RetryOnce(AzureKeyVaultOptions options) => options.ConfigureClient += client => (client.Retry.MaxRetries, client.Retry.Delay) = (1, TimeSpan.FromMilliseconds(1));

    public static void FailAsUnavailable(AzureKeyVaultServer server, int times) => server.Fail(503, "ServiceUnavailable", "busy", times: times);

    private static void Configure(SecretClientOptions client)
    {
        client.Transport = new HttpClientTransport(Http);
        // Faults are to be seen at once; one test looks at the SDK's retries.
        client.Retry.MaxRetries = 0;
        // The challenge names the public cloud, which a loopback address is no part of.
        client.DisableChallengeResourceVerification = true;
    }
}
