using System.Security.Cryptography.X509Certificates;

namespace Secrets.Testing.Servers;

/// <summary>
/// A vault, and what an Azure host has around a program: its name in the public cloud, a certificate for that name, and a managed identity. An
/// unchanged program meets it by environment variables alone, those that every program of this kind reads.
/// </summary>
/// <remarks>A loopback address is no vault: the SDK sees that from the challenge and keeps its token. Hence the name, led here by a proxy.</remarks>
public sealed class AzureLoopbackHost : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly AzureManagedIdentityServer _identity;
    private readonly string _certificateFile;
    private LoopbackTunnel? _tunnel;

    /// <param name="vault">The vault's name.</param>
    /// <param name="certificateFile">Where to write the certificate, as PEM.</param>
    public AzureLoopbackHost(string vault, string certificateFile)
    {
        VaultHost = vault + ".vault.azure.net";
        _certificateFile = certificateFile;
        _certificate = LoopbackCertificate.Create(VaultHost);
        Vault = new AzureKeyVaultServer { ShownAs = new Uri($"https://{VaultHost}/") };
        _identity = new AzureManagedIdentityServer { Token = Vault.Token };
    }

    public AzureKeyVaultServer Vault { get; }

    public string VaultHost { get; }

    /// <summary>The hosts that programs wanted to be led to.</summary>
    public IReadOnlyList<string> AskedHosts => _tunnel?.Asked ?? [];

    /// <summary>The tokens that were asked for.</summary>
    public IReadOnlyList<ServerCall> TokenCalls => _identity.Calls;

    /// <summary>What a program's environment needs.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HTTPS_PROXY"] = _tunnel!.Url.AbsoluteUri,
        ["NO_PROXY"] = "127.0.0.1",
        ["SSL_CERT_FILE"] = _certificateFile,
        ["IDENTITY_ENDPOINT"] = _identity.Url.AbsoluteUri,
        ["IDENTITY_HEADER"] = _identity.Header,
    };

    public async Task StartAsync(int port = 0)
    {
        await File.WriteAllTextAsync(_certificateFile, _certificate.ExportCertificatePem());
        await Vault.StartAsync(_certificate, port);
        await _identity.StartAsync();
        _tunnel = new LoopbackTunnel(VaultHost, Vault.Url.Port);
        _tunnel.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_tunnel is not null)
            await _tunnel.DisposeAsync();
        await Vault.DisposeAsync();
        await _identity.DisposeAsync();
        _certificate.Dispose();
    }
}
