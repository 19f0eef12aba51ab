using Secrets.Conformance;

namespace Secrets.Tests;

/// <summary>A cloud's store against its wire-level server, for the conformance suite.</summary>
public abstract class ServerFixture : SecretStoreFixture
{
    // One for the run: starting a server costs more than a test.
    private static readonly Lazy<Task<CloudServer>> Server = new(CloudTestStore.StartAsync);

    public override IReadOnlyCollection<ConformanceFault> Faults =>
    [
        ConformanceFault.Denied, ConformanceFault.MissingOrDenied, ConformanceFault.Unauthenticated, ConformanceFault.Throttled,
        ConformanceFault.Unavailable, ConformanceFault.TimedOut, ConformanceFault.EchoesValue,
    ];

    public override bool OpensAgain => true;

    public override bool KeepsDeletedNamesTaken => true;

    public override async ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken)
    {
        CloudServer server = await Server.Value;
        server.Clear();
        return CloudTestStore.Open(server);
    }

    public override async ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => CloudTestStore.Open(await Server.Value);

    public override async ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        CloudServer server = await Server.Value;
        if (fault is ConformanceFault.Denied or ConformanceFault.MissingOrDenied)
        {
            string closed = NativeOf(address);
            server.Allows = (action, name) => action != ReadAction || name != closed;
            TellExistence(server, fault == ConformanceFault.Denied);
            return new Undo(() => server.Allows = (_, _) => true);
        }

        Plan(server, fault);
        return new Undo(() => Clear(server));
    }

    /// <summary>The right to read a value, in the vendor's words.</summary>
    protected abstract string ReadAction { get; }

    protected abstract string NativeOf(SecretAddress address);

    /// <summary>Whether a denial tells that the secret exists.</summary>
    protected abstract void TellExistence(CloudServer server, bool tells);

    /// <summary>Makes every call fail so.</summary>
    protected abstract void Plan(CloudServer server, ConformanceFault fault);

    protected virtual void Clear(CloudServer server) => server.Faults.Clear();
}
