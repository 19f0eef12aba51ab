namespace Secrets;

/// <summary>
/// Finds the value before the current one while a rotation overlaps: from memory, else from a store that keeps versions. What the store said is
/// remembered, so that a credential that is refused all the time does not become the store's load.
/// </summary>
internal sealed class PreviousSecrets(ClientCore core, LookupCache cache, CandidateReader reader, MonotonicClock clock, TimeSpan grace)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    internal async ValueTask<Secret?> FindAsync(Secret current, CancellationToken cancellationToken)
    {
        AddressEntry? entry = cache.Addresses.Find(current.Properties.Address);
        Secret? previous = InMemory(entry, out bool isKnown);
        if (!isKnown)
        {
            previous = await InStoreAsync(current, cancellationToken).ConfigureAwait(false);
            Remember(entry, previous, current);
        }

        return previous is not null && IsUsable(previous) && previous.Version != current.Version ? previous : null;
    }

    private Secret? InMemory(AddressEntry? entry, out bool isKnown)
    {
        isKnown = false;
        if (entry is null) return null;
        lock (entry.Gate)
        {
            if (clock.Now >= entry.PreviousUntil) entry.Previous = null;
            isKnown = clock.Now < entry.PreviousUntil;
            return entry.Previous;
        }
    }

    private async ValueTask<Secret?> InStoreAsync(Secret current, CancellationToken cancellationToken)
    {
        SecretAddress address = current.Properties.Address;
        bool mayOverlap = core.Has(SecretStoreFeatures.Versions) && core.Time.GetUtcNow() - current.Properties.UpdatedOn < grace;
        if (!mayOverlap) return null;
        try
        {
            SecretPage page = await core.Store.ListVersionsAsync(address, null, cancellationToken).ConfigureAwait(false);
            if (page.Items.FirstOrDefault(item => item.State == SecretVersionState.Previous) is not { } previous) return null;
            SecretReadResult read = (await reader.ReadAllAsync([new SecretRead(address, previous.Version)], cancellationToken).ConfigureAwait(false))[0];
            return read.Secret;
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store("read the previous version of", address, error, core.Store.Name);
        }
    }

    private void Remember(AddressEntry? entry, Secret? previous, Secret current)
    {
        if (entry is null) return;
        lock (entry.Gate)
        {
            // A rotation that came in between knows better.
            if (entry.Known?.Secret?.Version != current.Version || clock.Now < entry.PreviousUntil) return;
            TimeSpan left = previous is null ? AskAgainAfter : grace - (core.Time.GetUtcNow() - current.Properties.UpdatedOn);
            entry.Previous = previous;
            entry.PreviousUntil = clock.Now + left.Ticks;
        }
    }

    private bool IsUsable(Secret secret) =>
        core.Options.ExpiredSecrets == ExpiredSecrets.Serve || secret.Properties.ExpiresOn is not { } expiry || expiry > core.Time.GetUtcNow();
}
