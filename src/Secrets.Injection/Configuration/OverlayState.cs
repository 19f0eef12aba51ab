using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>Everything that an overlay serves, as of one moment. Replaced as a whole: nobody sees half a rotation.</summary>
internal sealed class OverlayState
{
    private readonly IChangeToken[] _tokens;
    private readonly Dictionary<string, int> _index;
    private readonly PathFilter _paths;
    private readonly bool _hasSecretValues;

    /// <summary>A state of what a scan found.</summary>
    /// <param name="providers">The providers that were scanned.</param>
    /// <param name="tokens">Their change tokens, taken before they were read.</param>
    /// <param name="entries">The keys with references, each once.</param>
    internal OverlayState(IConfigurationProvider[] providers, IChangeToken[] tokens, OverlayEntry[] entries)
    {
        Providers = providers;
        Entries = entries;
        _tokens = tokens;
        _index = new Dictionary<string, int>(entries.Length, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < entries.Length; i++)
            _index[entries[i].Key.Path] = i;
        _paths = new PathFilter(_index.Keys);
        _hasSecretValues = providers.Any(provider => provider is SecretValuesProvider);
    }

    private OverlayState(OverlayState before, IChangeToken[] tokens, OverlayEntry[] entries)
    {
        Providers = before.Providers;
        Entries = entries;
        _tokens = tokens;
        _index = before._index;
        _paths = before._paths;
        _hasSecretValues = before._hasSecretValues;
    }

    /// <summary>The providers that were scanned.</summary>
    internal IConfigurationProvider[] Providers { get; }

    /// <summary>The keys with references.</summary>
    internal OverlayEntry[] Entries { get; }

    /// <summary>
    /// Whether a provider changed since. Asked at every read rather than noted by a callback: a token reads as changed before anybody is
    /// called back, so no listener, in whatever order they run, can see a new text that nobody has looked at yet.
    /// </summary>
    internal bool IsOutdated
    {
        get
        {
            foreach (IChangeToken token in _tokens)
            {
                if (token.HasChanged) return true;
            }

            return false;
        }
    }

    /// <summary>The entry of a key, compared as configuration compares keys.</summary>
    internal bool TryGet(string path, [NotNullWhen(true)] out OverlayEntry? entry)
    {
        entry = _paths.MayHold(path) && _index.TryGetValue(path, out int i) ? Entries[i] : null;
        return entry is not null;
    }

    /// <summary>Whether a secret's own keys, in a source after the one that holds the reference, give the key another value.</summary>
    internal bool IsOverridden(OverlayKey key, string path, out string? value)
    {
        value = null;
        if (!_hasSecretValues) return false;
        for (int later = Providers.Length - 1; Providers[later] != key.Provider; later--)
        {
            if (Providers[later] is SecretValuesProvider values && values.TryGet(path, out value)) return true;
        }

        return false;
    }

    /// <summary>The same keys with other values.</summary>
    /// <param name="entries">The entries, in the same order.</param>
    internal OverlayState With(OverlayEntry[] entries) => new(this, _tokens, entries);

    /// <summary>The same, to be looked at again by the next reader.</summary>
    internal OverlayState Outdated(IChangeToken changed) => new(this, [changed], Entries);
}
