using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>
/// Gives the keys of a configuration that hold references their resolved values, and touches no other key. The sources stay where they are and
/// what they were; the overlay looks at what they give.
/// </summary>
/// <remarks>
/// Values are fetched at the first read of one of them. A key that had a value keeps it through whatever fails later; one that never had a
/// value throws at every read, so that the text of a reference is never taken for a value.
/// </remarks>
internal sealed class ReferenceOverlay : ISecretConsumer
{
    private static readonly IChangeToken AlreadyChanged = new CancellationChangeToken(new CancellationToken(canceled: true));

    private readonly Func<IEnumerable<IConfigurationProvider>> _getProviders;
    private readonly ConfigurationSecrets _secrets;
    private readonly Func<SecretTemplateOptions> _getOptions;
    private volatile OverlayState _state = new([], [AlreadyChanged], []);

    /// <summary>Makes an overlay and lets it take part in a configuration's secrets.</summary>
    /// <param name="getProviders">The providers of the configuration, its own seats among them.</param>
    /// <param name="secrets">The configuration's secrets.</param>
    /// <param name="getOptions">What counts as a reference.</param>
    internal ReferenceOverlay(Func<IEnumerable<IConfigurationProvider>> getProviders, ConfigurationSecrets secrets, Func<SecretTemplateOptions> getOptions)
    {
        _getProviders = getProviders;
        _secrets = secrets;
        _getOptions = getOptions;
        secrets.Add(this);
    }

    /// <summary>The keys with references, as of now. Fetches nothing.</summary>
    internal IReadOnlyCollection<OverlayEntry> Entries => Current().Entries;

    /// <summary>Has the next read look at all providers again.</summary>
    internal void Invalidate()
    {
        lock (_secrets.Gate)
            _state = _state.Outdated(AlreadyChanged);
    }

    /// <summary>Whether these are the providers that were looked at last.</summary>
    internal bool Knows(IEnumerable<IConfigurationProvider> providers) => Sources(providers).SequenceEqual(_state.Providers);

    /// <summary>The value of a key that holds references; false for every other key.</summary>
    /// <exception cref="SecretException">The key's references do not resolve, and never did.</exception>
    internal bool TryGet(string path, out string? value)
    {
        value = null;
        OverlayState state = Current();
        if (!state.TryGet(path, out OverlayEntry? entry)) return false;
        if (!ConfigurationScan.IsScanning && state.IsOverridden(entry.Key, path, out value)) return true;
        // To a scan of another configuration that has this one in it, the key is taken and holds no text.
        if (!ConfigurationScan.IsScanning) value = ConfigurationDump.IsReading() ? SecretValue.Redacted : ValueOf(entry);
        return true;
    }

    IEnumerable<string> ISecretConsumer.FailingKeys => _state.Entries.Where(entry => entry.Failure is not null).Select(entry => entry.Key.Path);

    void ISecretConsumer.Collect(FollowedSecrets secrets)
    {
        foreach (OverlayEntry entry in Current().Entries)
            entry.Key.Collect(secrets);
    }

    bool ISecretConsumer.Render()
    {
        OverlayState state = Current();
        OverlayEntry[] entries = new OverlayEntry[state.Entries.Length];
        bool changed = false;
        for (int i = 0; i < entries.Length; i++)
        {
            OverlayEntry before = state.Entries[i];
            OverlayEntry after = entries[i] = OverlayRendering.Render(before);
            HostLog.Transition(_secrets.Log, before.Key.Path, after.Failure, before.Failure, after.Value is not null);
            changed |= before.IsCurrent && !string.Equals(before.Value, after.Value, StringComparison.Ordinal);
        }

        _state = state.With(entries);
        return changed;
    }

    void ISecretConsumer.RaiseReload() => _getProviders().OfType<ReferenceOverlayProvider>().LastOrDefault(seat => seat.Overlay == this)?.RaiseReload();

    private string? ValueOf(OverlayEntry entry)
    {
        if (entry is { IsCurrent: true, Value: { } resolved }) return resolved;
        if (entry.Key.Template is not null) _secrets.Resolve(entry.Key.Path);
        if (Current().TryGet(entry.Key.Path, out OverlayEntry? now)) entry = now;
        return entry.Value ?? throw OverlayErrors.Combine([.. _state.Entries.Where(other => other is { Value: null, Failure: not null })]);
    }

    private OverlayState Current()
    {
        OverlayState state = _state;
        return state.IsOutdated ? Rescan() : state;
    }

    private OverlayState Rescan()
    {
        lock (_secrets.Gate)
        {
            if (!_state.IsOutdated) return _state;
            SecretTemplateOptions options = _getOptions();
            IConfigurationProvider[] scanned = [.. Sources(_getProviders())];
            // The tokens first: what changes while we read is then seen as a change.
            IChangeToken[] tokens = [.. scanned.Select(provider => provider.GetReloadToken()).Where(token => token is not null)];
            List<OverlayEntry> entries = [];
            IConfigurationProvider? named = null;
            string name = "";
            SecretTemplateBuilder builder = new();
            foreach (ScannedKey key in ConfigurationScan.Run(scanned, options.Syntaxes))
            {
                _state.TryGet(key.Path, out OverlayEntry? before);
                if (key.Provider != named) (named, name) = (key.Provider, OverlayKey.NameOf(key.Provider));
                OverlayKey? parsed = before is not null && before.Key.Text == key.Text && before.Key.Provider == key.Provider ? before.Key : OverlayKey.Parse(key, name, options, builder);
                if (parsed is not null) entries.Add(OverlayEntry.After(parsed, before));
            }

            return _state = new OverlayState(scanned, tokens, [.. entries]);
        }
    }

    private IEnumerable<IConfigurationProvider> Sources(IEnumerable<IConfigurationProvider> providers) =>
        providers.Where(provider => provider is not ReferenceOverlayProvider seat || seat.Overlay != this);
}
