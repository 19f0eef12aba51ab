using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets.Injection.Tests.Hosting;

/// <summary>Counts the reloads of a configuration, and waits for the first.</summary>
internal sealed class Reloads
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Reloads(IConfiguration configuration) => ChangeToken.OnChange(configuration.GetReloadToken, () =>
    {
        Interlocked.Increment(ref _count);
        _first.TrySetResult();
    });

    public int Count => Volatile.Read(ref _count);

    public Task NextAsync() => _first.Task.WaitAsync(Patience);
}
