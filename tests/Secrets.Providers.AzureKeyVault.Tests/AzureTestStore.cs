using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>Servers with TLS and stores that trust them.</summary>
internal static class AzureTestStore
{
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

    private static void Configure(SecretClientOptions client)
    {
        client.Transport = new HttpClientTransport(Http);
        // Faults are to be seen at once; one test looks at the SDK's retries.
        client.Retry.MaxRetries = 0;
        // The challenge names the public cloud, which a loopback address is no part of.
        client.DisableChallengeResourceVerification = true;
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
