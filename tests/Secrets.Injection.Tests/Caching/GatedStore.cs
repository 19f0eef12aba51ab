namespace Secrets.Injection.Tests.Caching;

/// <summary>Holds back the reads of one address until a test opens it; everything else goes through.</summary>
internal sealed class GatedStore(ISecretStore inner, SecretAddress address) : DelegatingSecretStore(inner)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Reached => _reached.Task;

    internal void Open() => _opened.TrySetResult();

    public override async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        if (reads.Any(read => read.Address == address))
        {
            _reached.TrySetResult();
            await _opened.Task.WaitAsync(cancellationToken);
        }

        return await Inner.ReadAsync(reads, cancellationToken);
    }
}
