using Secrets.Conformance;

namespace Secrets.Providers.InMemory.Tests.Conformance;

/// <summary>The store as it is, able to do everything.</summary>
public class InMemoryFixture : SecretStoreFixture
{
    public override IReadOnlyCollection<ConformanceFault> Faults =>
    [
        ConformanceFault.Denied, ConformanceFault.MissingOrDenied, ConformanceFault.Unauthenticated, ConformanceFault.Throttled,
        ConformanceFault.Unavailable, ConformanceFault.TimedOut, ConformanceFault.Corrupted,
    ];

    public override TimeSpan Patience => TimeSpan.FromSeconds(30);

    public override bool KeepsDeletedNamesTaken => Options.KeepsDeletedNamesTaken;

    protected virtual InMemorySecretStoreOptions Options => new();

    public override ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken) => new(new InMemorySecretStore(Options));

    public override ValueTask PutAsync(ISecretStore store, SecretAddress address, SecretValues values, CancellationToken cancellationToken)
    {
        ((InMemorySecretStore)store).Put(address, values);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        SecretErrorCode code = fault == ConformanceFault.MissingOrDenied ? SecretErrorCode.Denied : Enum.Parse<SecretErrorCode>(fault.ToString());
        bool isOfOneSecret = fault is ConformanceFault.Denied or ConformanceFault.Corrupted or ConformanceFault.MissingOrDenied;
        return new(new Provoked(((InMemorySecretStore)store).Faults.Add(new InMemoryFault(code)
        {
            Operation = InMemoryOperation.Read,
            Address = isOfOneSecret ? address : null,
            MissingOrDenied = fault == ConformanceFault.MissingOrDenied,
            RetryAfter = fault == ConformanceFault.Throttled ? ThrottledFor : null,
        })));
    }

    private sealed class Provoked(IDisposable fault) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            fault.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
