using System.Diagnostics;

namespace Secrets;

/// <summary>One address on its way to the store, and everybody who waits for it.</summary>
internal sealed class ReadTicket(AddressEntry entry, Secret? baseline)
{
    private readonly TaskCompletionSource<AddressState> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AddressEntry Entry { get; } = entry;

    /// <summary>What "not modified" means.</summary>
    internal Secret? Baseline { get; } = baseline;

    /// <summary>The caller's span, which the call's span belongs under, although it runs apart from the caller.</summary>
    internal ActivityContext Parent { get; } = Activity.Current?.Context ?? default;

    internal int Generation { get; set; }

    internal int Reruns { get; set; }

    internal long AskedAt { get; set; }

    internal SecretRead Read => new(Entry.Key.Address, Entry.Key.Version, Baseline?.Version);

    internal Task<AddressState> Completion => _completion.Task;

    internal void Complete(AddressState outcome) => _completion.TrySetResult(outcome);

    internal void Cancel()
    {
        _completion.TrySetException(new ObjectDisposedException(nameof(SecretsClient)));
        // A background refresh has nobody who would look at it.
        _ = _completion.Task.Exception;
    }
}
