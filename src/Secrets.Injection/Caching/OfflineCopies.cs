using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// The last good values, kept in another store (an encrypted file on this machine) for the day when the host starts and its own store does not
/// answer. Written behind the reads, by one writer; never fresh, never older than allowed; purged when the store says denied or gone.
/// </summary>
internal sealed class OfflineCopies : IAsyncDisposable
{
    private const string KeptOnTag = "secrets-offline.kept-on";
    private const string VersionTag = "secrets-offline.version";

    private readonly ISecretStore _disk;
    private readonly TimeSpan _maxAge;
    private readonly MonotonicClock _clock;
    private readonly RefreshSchedule _schedule;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<SecretAddress, long> _keptAt = new();
    private readonly Channel<(SecretAddress Address, Secret? Secret)> _changes = Channel.CreateUnbounded<(SecretAddress, Secret?)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    internal OfflineCopies(ISecretStore disk, TimeSpan maxAge, MonotonicClock clock, RefreshSchedule schedule, ILogger log)
    {
        _disk = disk;
        _maxAge = maxAge;
        _clock = clock;
        _schedule = schedule;
        _log = log;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Remembers a good value: at once if it is news, else as often as keeps its age well below the limit.</summary>
    internal void Keep(AddressKey key, Secret secret, bool isNews)
    {
        if (key.Version is not null) return;
        long now = _clock.Now;
        bool isDue = isNews || !_keptAt.TryGetValue(key.Address, out long at) || now - at > _maxAge.Ticks / 4;
        if (!isDue) return;
        _keptAt[key.Address] = now;
        _changes.Writer.TryWrite((key.Address, secret));
    }

    /// <summary>Forgets a value for good: the store refused it, or it is gone.</summary>
    internal void Purge(AddressKey key)
    {
        if (key.Version is not null) return;
        _keptAt.TryRemove(key.Address, out _);
        _changes.Writer.TryWrite((key.Address, null));
    }

    /// <summary>Brings back what the store failed to give and nobody has in memory.</summary>
    internal async ValueTask RestoreAsync(AddressEntry[] asked, Dictionary<AddressEntry, AddressState> told, CancellationToken cancellationToken)
    {
        AddressEntry[] lost = [.. asked.Where(entry => entry.Key.Version is null && entry.Known is null && told[entry].Status == SecretReadStatus.Failed)];
        if (lost.Length == 0) return;
        IReadOnlyList<SecretReadResult> copies;
        try
        {
            copies = await _disk.ReadAsync([.. lost.Select(entry => new SecretRead(entry.Key.Address))], cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            ClientLog.OfflineFailed(_log, "read", error.Code, error.Reason);
            return;
        }

        AddressState?[] states = [.. copies.Select(StateOf)];
        if (states.All(state => state is null)) return;
        for (int i = 0; i < lost.Length; i++)
            AddressUpdates.Restored(lost[i], states[i] ?? Absent());
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _disk.DisposeAsync().ConfigureAwait(false);
    }

    private AddressState? StateOf(SecretReadResult copy)
    {
        if (copy.Secret is not { } secret
            || !secret.Properties.Tags.TryGetValue(KeptOnTag, out string? text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset keptOn))
        {
            return null;
        }

        TimeSpan age = _clock.UtcNow - keptOn;
        // A copy from the future means that a clock was set: its age cannot be known, so it does not count.
        if (age < TimeSpan.Zero || age > _maxAge) return null;
        Dictionary<string, string> tags = new(secret.Properties.Tags, StringComparer.Ordinal);
        tags.Remove(KeptOnTag);
        tags.Remove(VersionTag, out string? version);
        Secret original = new(secret.Properties with { Tags = tags, Version = new SecretVersion(version ?? "") }, secret.Values);
        long askedAt = _clock.Now - age.Ticks;
        return new AddressState(SecretReadStatus.Found, original, null, askedAt, TimeSpan.Zero) { OfflineUntil = askedAt + _maxAge.Ticks };
    }

    // This host kept no copy, so as far as it ever knew there was none. Counts only in front of a copy that it did keep, and only while the store fails.
    private AddressState Absent() => new(SecretReadStatus.NotFound, null, null, _clock.Now - _schedule.DefaultFreshness.Ticks, TimeSpan.Zero);

    private async Task WriteAsync()
    {
        await foreach ((SecretAddress address, Secret? secret) in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (secret is null) await _disk.DeleteAsync(new SecretDelete(address) { Purge = _disk.Capabilities.Has(SecretStoreFeatures.SoftDelete) }, CancellationToken.None).ConfigureAwait(false);
                else await _disk.WriteAsync(CopyOf(secret), CancellationToken.None).ConfigureAwait(false);
            }
            catch (SecretException error) when (secret is null && error.Code == SecretErrorCode.NotFound)
            {
                // There was no copy: what was wanted.
            }
            catch (SecretException error)
            {
                ClientLog.OfflineFailed(_log, secret is null ? "purge" : "write", error.Code, error.Reason);
            }
        }
    }

    private SecretWrite CopyOf(Secret secret)
    {
        Dictionary<string, string> tags = new(secret.Properties.Tags, StringComparer.Ordinal)
        {
            [KeptOnTag] = _clock.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            [VersionTag] = secret.Version.Value,
        };
        return new SecretWrite(secret.Properties with { Tags = tags }, secret.Values);
    }
}
