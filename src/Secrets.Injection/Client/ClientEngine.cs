namespace Secrets;

/// <summary>The working parts of a client, put together once and shared by its views.</summary>
internal sealed class ClientEngine : IAsyncDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly OfflineCopies? _offline;
    private readonly Task _watching;

    internal ClientEngine(ClientCore core, SecretCacheOptions options, ClientTelemetry telemetry, Random random, MonotonicClock clock, Func<MonotonicClock, RefreshSchedule, OfflineCopies?> keepOffline)
    {
        Core = core;
        Telemetry = telemetry;
        RefreshSchedule schedule = new(options, random, core.Log);
        LookupAnswers answers = new(core);
        CandidateReader direct = new(core);
        _offline = keepOffline(clock, schedule);
        Cache = new LookupCache(core, answers, schedule, clock, new StoreReads(core.Store, telemetry), _offline, _lifetime.Token);
        Health = new CacheHealth(Cache.Addresses, clock, options.MaxStale);
        Reader = new CachedReader(core, Cache, new LookupComposer(core, answers, schedule, clock), _offline, telemetry);
        Describer = new CandidateDescriber(core, answers, direct, telemetry);
        Lister = new SecretLister(core, Describer, telemetry);
        Writer = new SecretWriter(core, direct, Describer);
        Rotation = new SecretRotation(core, direct);
        Previous = new PreviousSecrets(core, Cache, direct, clock, options.RotationGrace);
        Clock = clock;
        _watching = core.Has(SecretStoreFeatures.Watch)
            ? Task.Run(() => StoreWatch.RunAsync(core.Store, Cache.Changed, schedule, core.Time, core.Log, _lifetime.Token))
            : Task.CompletedTask;
    }

    internal ClientCore Core { get; }

    internal ClientTelemetry Telemetry { get; }

    internal MonotonicClock Clock { get; }

    internal LookupCache Cache { get; }

    internal CacheHealth Health { get; }

    internal CachedReader Reader { get; }

    internal CandidateDescriber Describer { get; }

    internal SecretLister Lister { get; }

    internal SecretWriter Writer { get; }

    internal SecretRotation Rotation { get; }

    internal PreviousSecrets Previous { get; }

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync().ConfigureAwait(false);
        Cache.Dispose();
        await _watching.ConfigureAwait(false);
        if (_offline is not null) await _offline.DisposeAsync().ConfigureAwait(false);
        await Core.Store.DisposeAsync().ConfigureAwait(false);
        // The source is left to the collector: a call that is just ending may still ask it.
    }
}
