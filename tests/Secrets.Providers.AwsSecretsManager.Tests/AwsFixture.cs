using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class AwsFixture : SecretStoreFixture
{
    // One for the run: starting a server costs more than a test.
    private static readonly Lazy<Task<AwsSecretsManagerServer>> Server = new(async () =>
    {
        AwsSecretsManagerServer server = new();
        await server.StartAsync();
        return server;
    });

    public override IReadOnlyCollection<ConformanceFault> Faults =>
    [
        ConformanceFault.Denied, ConformanceFault.MissingOrDenied, ConformanceFault.Unauthenticated, ConformanceFault.Throttled,
        ConformanceFault.Unavailable, ConformanceFault.TimedOut, ConformanceFault.EchoesValue,
    ];

    public override bool OpensAgain => true;

    public override bool KeepsDeletedNamesTaken => true;

    public override async ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken)
    {
        AwsSecretsManagerServer server = await Server.Value;
        server.Clear();
        return AwsTestStore.Open(server);
    }

    public override async ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => AwsTestStore.Open(await Server.Value);

    public override async ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        AwsSecretsManagerServer server = await Server.Value;
        switch (fault)
        {
            case ConformanceFault.Denied or ConformanceFault.MissingOrDenied:
                string closed = AwsNames.Under("").ToNative(address, store.Name);
                server.Allows = (action, name) => action != "GetSecretValue" || name != closed;
                server.DeniesExplicitly = fault == ConformanceFault.Denied;
                return new Undo(() => server.Allows = (_, _) => true);
            case ConformanceFault.Unauthenticated:
                server.Fail("ExpiredTokenException", "The security token included in the request is expired", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail("ThrottlingException", "Rate exceeded", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail("ServiceUnavailableException", "The service is unavailable.", 503, times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail("RequestTimeoutException", "The request took too long.", 408, times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(request => new AwsError("ValidationException", "1 validation error: " + Encoding.UTF8.GetString(request.Body)).ToAnswer(), times: int.MaxValue);
                break;
        }

        return new Undo(server.Faults.Clear);
    }
}
