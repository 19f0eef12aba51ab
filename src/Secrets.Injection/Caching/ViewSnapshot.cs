using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>What one view has in memory. Names have a table of their own, so that a warm read by name is one look-up.</summary>
internal sealed class ViewSnapshot(SecretsView view)
{
    private readonly ConcurrentDictionary<string, LookupEntry> _names = new();
    private readonly ConcurrentDictionary<SecretLookup, LookupEntry> _lookups = new();
    private readonly Lock _gate = new();

    internal SecretsView View { get; } = view;

    internal bool IsEmpty => _names.IsEmpty && _lookups.IsEmpty;

    internal bool TryGetWarm(string name, [NotNullWhen(true)] out Secret? secret)
    {
        if (_names.TryGetValue(name, out LookupEntry? entry) && entry.Current is { } current)
        {
            // Written once per refresh, so that the line stays shared between cores.
            if (!entry.IsTouched) entry.IsTouched = true;
            secret = current;
            return true;
        }

        secret = null;
        return false;
    }

    internal bool TryGetWarm(SecretLookup lookup, [NotNullWhen(true)] out Secret? secret)
    {
        secret = null;
        // A version has its place in memory only once it is known which secret applies.
        if (lookup.Name is null || lookup.Version is not null) return false;
        if (IsName(lookup)) return TryGetWarm(lookup.Name, out secret);
        if (!_lookups.TryGetValue(lookup, out LookupEntry? entry) || entry.Current is not { } current) return false;
        if (!entry.IsTouched) entry.IsTouched = true;
        secret = current;
        return true;
    }

    internal LookupEntry GetOrAdd(SecretLookup lookup, Action<LookupEntry> prepare)
    {
        if (TryGet(lookup, out LookupEntry? known)) return known;
        lock (_gate)
        {
            if (TryGet(lookup, out known)) return known;
            LookupEntry entry = new(this, lookup);
            prepare(entry);
            if (IsName(lookup)) _names[lookup.Name] = entry;
            else _lookups[lookup] = entry;
            return entry;
        }
    }

    internal void Remove(LookupEntry entry)
    {
        if (IsName(entry.Lookup)) _names.TryRemove(new KeyValuePair<string, LookupEntry>(entry.Lookup.Name, entry));
        else _lookups.TryRemove(new KeyValuePair<SecretLookup, LookupEntry>(entry.Lookup, entry));
    }

    /// <summary>Lets go of every value: the client is over.</summary>
    internal void Clear()
    {
        foreach (LookupEntry entry in _names.Values.Concat(_lookups.Values))
        {
            lock (entry.Gate)
                (entry.IsEvicted, entry.Current) = (true, null);
        }

        _names.Clear();
        _lookups.Clear();
    }

    private static bool IsName(SecretLookup lookup) =>
        lookup.Visibility is null && lookup.Scope is null && lookup.ScopeKind is null && lookup.Version is null;

    private bool TryGet(SecretLookup lookup, [NotNullWhen(true)] out LookupEntry? entry) =>
        IsName(lookup) ? _names.TryGetValue(lookup.Name, out entry) : _lookups.TryGetValue(lookup, out entry);
}
