using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// The secrets of one configuration: whoever needs some, they are fetched in one batch, are of one version each, and are followed from then on.
/// </summary>
/// <remarks>Safe to use from any thread. Reading configuration is synchronous, so a first fetch blocks its reader; nothing else does.</remarks>
internal sealed class ConfigurationSecrets(Func<ISecretsClient> getClient, ILogger log) : IDisposable
{
    // Holds an object and not a flag: what a fetch starts (the client's own background work) inherits it and outlives the fetch.
    private static readonly AsyncLocal<Fetch?> Current = new();

    // Who reads one key at start-up reads the others next: what nobody waits for begins once that is over.
    private static readonly TimeSpan FollowAfter = TimeSpan.FromMilliseconds(10);

    private readonly List<ISecretConsumer> _consumers = [];
    private FollowedSecrets? _secrets;
    private Task _following = Task.CompletedTask;
    private Timer? _followSoon;
    private bool _followsSoon;
    private int _changes;
    private volatile bool _disposed;

    /// <summary>Guards everything here and in the consumers.</summary>
    internal Lock Gate { get; } = new();

    internal ILogger Log { get; } = log;

    internal void Add(ISecretConsumer consumer)
    {
        lock (Gate)
            _consumers.Add(consumer);
    }

    internal void Remove(ISecretConsumer consumer)
    {
        lock (Gate)
            _consumers.Remove(consumer);
    }

    internal IReadOnlyList<T> Consumers<T>()
    {
        lock (Gate)
            return [.. _consumers.OfType<T>()];
    }

    /// <summary>The configuration keys whose latest try failed, for health checks.</summary>
    internal string[] FailingKeys()
    {
        lock (Gate)
            return [.. _consumers.SelectMany(consumer => consumer.FailingKeys).Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Fetches what is lacking and has every consumer make its values. Following begins soon after, in the background.</summary>
    /// <param name="neededBy">The configuration key that is being read, for the error that the store itself needs it.</param>
    internal void Resolve(string neededBy)
    {
        if (Current.Value is { IsUnderWay: true }) throw NeededByStore(neededBy);
        Fetch fetch = Current.Value = new Fetch();
        try
        {
            lock (Gate)
                ResolveInside();
        }
        finally
        {
            fetch.IsUnderWay = false;
            Current.Value = null;
        }
    }

    /// <summary>As <see cref="Resolve"/>, and ends when rotation is followed.</summary>
    internal async Task ResolveAndFollowAsync(CancellationToken cancellationToken)
    {
        await Task.Run(() => Resolve("(host start)"), cancellationToken).ConfigureAwait(false);
        Task following;
        lock (Gate)
            following = BeginFollowing();
        await following.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (Gate)
        {
            _disposed = true;
            _secrets?.Dispose();
            _secrets = null;
            _followSoon?.Dispose();
            // What is still queued holds this object, and must not hold the whole configuration with it.
            _consumers.Clear();
        }
    }

    private void ResolveInside()
    {
        if (_disposed) return;
        FollowedSecrets secrets = _secrets ??= new FollowedSecrets(getClient(), OnSecretChanged);
        secrets.Collect(_consumers);
        if (secrets.Count == 0) return;
        FollowedSecret[] lacking = secrets.Lacking();
        secrets.Take(lacking, Ask(secrets, lacking));
        foreach (ISecretConsumer consumer in _consumers)
            consumer.Render();
        // Set once, and not put off by a reader who comes again and again.
        if (_followsSoon) return;
        _followsSoon = true;
        _followSoon ??= new Timer(static state => ((ConfigurationSecrets)state!).OnFollowDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _followSoon.Change(FollowAfter, Timeout.InfiniteTimeSpan);
    }

    private void OnFollowDue()
    {
        lock (Gate)
        {
            _followsSoon = false;
            BeginFollowing();
        }
    }

    private Task BeginFollowing()
    {
        if (_disposed) return Task.CompletedTask;
        // Not ended yet: it may have looked already at what there was to follow.
        return _following = _following.IsCompleted ? Task.Run(Follow) : _following.ContinueWith(static (_, state) => ((ConfigurationSecrets)state!).Follow(), this, TaskScheduler.Default);
    }

    private static IReadOnlyList<SecretLookupResult> Ask(FollowedSecrets secrets, FollowedSecret[] lacking)
    {
        if (secrets.TryAskWarm(lacking) is { } warm) return warm;
        // Away from the caller's synchronization context, if it has one: the call must not wait for a thread that waits here.
        bool isFree = SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;
        ValueTask<IReadOnlyList<SecretLookupResult>> asked = isFree ? secrets.AskAsync(lacking) : new(Task.Run(() => secrets.AskAsync(lacking).AsTask()));
        return asked.IsCompletedSuccessfully ? asked.Result : asked.AsTask().GetAwaiter().GetResult();
    }

    private void Follow()
    {
        try
        {
            FollowedSecrets? secrets;
            FollowedSecret[] unsubscribed;
            lock (Gate)
            {
                secrets = _secrets;
                unsubscribed = secrets?.Unsubscribed() ?? [];
            }

            if (secrets is null || unsubscribed.Length == 0) return;
            Subscribe(secrets, unsubscribed);
            bool isCurrent;
            lock (Gate)
                isCurrent = _disposed || secrets.AreCurrent(unsubscribed);
            // What changed between the fetch and now was told to nobody.
            if (!isCurrent) OnSecretChanged();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            HostLog.RefreshFailed(Log, error);
        }
    }

    private void Subscribe(FollowedSecrets secrets, FollowedSecret[] unsubscribed)
    {
        List<IDisposable> subscriptions = new(unsubscribed.Length);
        try
        {
            // Outside the lock, or whoever reads meanwhile would wait for it.
            for (int i = 0; i < unsubscribed.Length && !_disposed; i++)
                subscriptions.Add(secrets.Subscribe(unsubscribed[i].Lookup));
        }
        finally
        {
            lock (Gate)
            {
                for (int i = 0; i < subscriptions.Count; i++)
                    secrets.Keep(unsubscribed[i], subscriptions[i]);
            }
        }
    }

    private void OnSecretChanged()
    {
        // One refresh at a time; what changes during it asks for another.
        if (Interlocked.Increment(ref _changes) == 1) _ = Task.Run(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _changes);
            try
            {
                // One is enough: they are all of one configuration, which has one token for its listeners.
                (await RefreshOnceAsync().ConfigureAwait(false))?.RaiseReload();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Nobody waits for this task: a listener that throws, or a client that is closing, must not end the following of rotation.
                HostLog.RefreshFailed(Log, error);
            }
        }
        while (Interlocked.CompareExchange(ref _changes, 0, seen) != seen);
    }

    /// <returns>A consumer with a value that is another one now; null if there is none.</returns>
    private async Task<ISecretConsumer?> RefreshOnceAsync()
    {
        FollowedSecrets secrets;
        FollowedSecret[] all;
        lock (Gate)
        {
            if (_disposed || _secrets is null) return null;
            secrets = _secrets;
            all = secrets.All();
        }

        IReadOnlyList<SecretLookupResult> answers = await secrets.AskAsync(all).ConfigureAwait(false);
        lock (Gate)
        {
            if (_disposed) return null;
            // The needs may be others by now: a configuration file can change as well.
            secrets.Collect(_consumers);
            secrets.Take(all, answers);
            ISecretConsumer? changed = null;
            foreach (ISecretConsumer consumer in _consumers)
            {
                if (consumer.Render()) changed = consumer;
            }

            return changed;
        }
    }

    private static SecretException NeededByStore(string path) => new(
        SecretErrorCode.InvalidArgument,
        $"The configuration key '{path}' is read while the secrets store is being opened, so it cannot be made of a secret of that store. Give it a plain value, or keep what it needs in a file that only this host can read.")
    {
        Reason = "needed-by-store",
    };

    private sealed class Fetch
    {
        internal volatile bool IsUnderWay = true;
    }
}
