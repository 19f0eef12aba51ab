using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class AzureFixture : SecretStoreFixture
{
    // One for the run: starting a server costs more than a test.
    private static readonly Lazy<Task<AzureKeyVaultServer>> Server = new(AzureTestStore.StartAsync);

    public override IReadOnlyCollection<ConformanceFault> Faults =>
    [
        ConformanceFault.Denied, ConformanceFault.MissingOrDenied, ConformanceFault.Unauthenticated, ConformanceFault.Throttled,
        ConformanceFault.Unavailable, ConformanceFault.TimedOut, ConformanceFault.EchoesValue,
    ];

    public override bool OpensAgain => true;

    public override bool KeepsDeletedNamesTaken => true;

    public override async ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken)
    {
        AzureKeyVaultServer server = await Server.Value;
        server.Clear();
        return AzureTestStore.Open(server);
    }

    public override async ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => AzureTestStore.Open(await Server.Value);

    public override async ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        AzureKeyVaultServer server = await Server.Value;
        switch (fault)
        {
            case ConformanceFault.Denied or ConformanceFault.MissingOrDenied:
                string closed = new AzureNames("").ToNative(address, store.Name);
                server.Allows = (action, name) => action != "get" || name != closed;
                server.UsesRoles = fault == ConformanceFault.MissingOrDenied;
                return new Undo(() => server.Allows = (_, _) => true);
            case ConformanceFault.Unauthenticated:
                server.Fail(401, "Unauthorized", "The token expired.", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail(429, "Throttled", "Too many requests.", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail(503, "ServiceUnavailable", "The service is unavailable.", times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail(408, "RequestTimeout", "The request took too long.", times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(request => new AzureError(400, "BadParameter", Encoding.UTF8.GetString(request.Body)).ToAnswer(), "set", times: int.MaxValue);
                break;
        }

        return new Undo(server.Faults.Clear);
    }
}
