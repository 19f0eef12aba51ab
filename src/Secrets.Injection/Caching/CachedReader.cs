namespace Secrets;

/// <summary>The cold half of a read: plans the calls, waits for them, makes the answer. The warm half is <c>ViewSnapshot.TryGetWarm</c>.</summary>
internal sealed class CachedReader(ClientCore core, LookupCache cache, LookupComposer composer, OfflineCopies? offline, ClientTelemetry telemetry)
{
    internal async ValueTask<SecretLookupResult> ReadAsync(ViewSnapshot view, SecretLookup lookup, bool force, CancellationToken cancellationToken) =>
        (await ReadAsync(view, [lookup], force, alone: true, cancellationToken).ConfigureAwait(false))[0];

    internal async ValueTask<SecretLookupResult[]> ReadAsync(ViewSnapshot view, IReadOnlyList<SecretLookup> lookups, bool force, bool alone, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        foreach (SecretLookup lookup in lookups)
            ArgumentNullException.ThrowIfNull(lookup.Name, nameof(lookups));
        SecretLookupResult[] results = await ReadCurrentAsync(view, [.. lookups.Select(lookup => lookup with { Version = null })], force, alone, cancellationToken).ConfigureAwait(false);
        int[] versioned = [.. Enumerable.Range(0, results.Length).Where(i => lookups[i].Version is not null && results[i].Status == SecretReadStatus.Found)];
        if (versioned.Length == 0) return results;

        // A version is read where the current one applies: one that a private secret lacks must not be looked for in a public secret.
        SecretLookup[] pinned = [.. versioned.Select(i => Pinned(results[i].Secret!.Properties.Address, lookups[i].Version!.Value))];
        SecretLookupResult[] versions = await ReadCurrentAsync(view, pinned, force: false, alone, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < versioned.Length; i++)
            results[versioned[i]] = versions[i];
        return results;
    }

    private static SecretLookup Pinned(SecretAddress address, SecretVersion version) =>
        new(address.Name) { Scope = address.Scope, Visibility = address.Visibility, Version = version };

    private async ValueTask<SecretLookupResult[]> ReadCurrentAsync(ViewSnapshot view, SecretLookup[] lookups, bool force, bool alone, CancellationToken cancellationToken)
    {
        LookupEntry[] entries = [.. lookups.Select(lookup => cache.EntryOf(view, lookup))];
        HashSet<AddressEntry> toFetch = [];
        foreach (LookupEntry entry in entries)
        {
            if (force || entry.Current is null) cache.PlanRead(entry, force, toFetch);
            else entry.IsTouched = true;
        }

        AddressEntry[] asked = [.. toFetch];
        Dictionary<AddressEntry, AddressState> told = new(asked.Length);
        if (asked.Length > 0)
        {
            Task<AddressState[]> calls = Task.WhenAll(cache.Fetch(asked, alone));
            AddressState[] states = await calls.WaitAsync(cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < asked.Length; i++)
                told[asked[i]] = states[i];
            if (offline is not null) await offline.RestoreAsync(asked, told, cancellationToken).ConfigureAwait(false);
        }

        SecretLookupResult[] results = new SecretLookupResult[entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            results[i] = Answer(entries[i], told, force);
            telemetry.Read(view.View, entries[i], results[i], asked.Length > 0);
        }

        return results;
    }

    private SecretLookupResult Answer(LookupEntry entry, Dictionary<AddressEntry, AddressState> told, bool force)
    {
        if (!force && entry.Current is { } current && !entry.Candidates.Any(candidate => candidate.Failure is not null))
            return new SecretLookupResult(SecretReadStatus.Found, current, null);
        SecretLookupResult result = composer.Compose("read", entry, told, allowStale: !force);
        if (result.Status == SecretReadStatus.Found && entry.Current is null) cache.Publish(entry);
        return result;
    }
}
