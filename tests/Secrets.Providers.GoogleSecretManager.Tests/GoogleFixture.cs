using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class GoogleFixture : SecretStoreFixture
{
    // One for the run: starting a server costs more than a test.
    private static readonly Lazy<Task<GoogleSecretManagerServer>> Server = new(async () =>
    {
        GoogleSecretManagerServer server = new();
        await server.StartAsync();
        return server;
    });

    public override IReadOnlyCollection<ConformanceFault> Faults => Enum.GetValues<ConformanceFault>();

    public override bool OpensAgain => true;

    public override async ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken)
    {
        GoogleSecretManagerServer server = await Server.Value;
        server.Clear();
        return GoogleTestStore.Open(server);
    }

    public override async ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => GoogleTestStore.Open(await Server.Value);

    public override async ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        GoogleSecretManagerServer server = await Server.Value;
        switch (fault)
        {
            case ConformanceFault.Denied or ConformanceFault.MissingOrDenied:
                string closed = GoogleNames.Under("").ToNative(address, store.Name);
                server.Allows = (permission, name) => permission != "versions.access" || name != closed;
                server.TellsExistence = fault == ConformanceFault.Denied;
                return new Undo(() => server.Allows = (_, _) => true);
            case ConformanceFault.Corrupted:
                server.DamagesChecksums = true;
                return new Undo(() => server.DamagesChecksums = false);
            case ConformanceFault.Unauthenticated:
                server.Fail(401, "UNAUTHENTICATED", "The token expired.", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail(503, "UNAVAILABLE", "The service is unavailable.", times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail(504, "DEADLINE_EXCEEDED", "The request took too long.", times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(
                    request => new GoogleError(400, "INVALID_ARGUMENT", Encoding.UTF8.GetString(Convert.FromBase64String((string)request.Json()["payload"]!["data"]!))).ToAnswer(), "versions.add", int.MaxValue);
                break;
        }

        return new Undo(server.Faults.Clear);
    }
}
