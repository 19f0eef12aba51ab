using System.Runtime.CompilerServices;

namespace Secrets;

/// <summary>
/// A store that opens at its first call: opening reads files and may derive a key for half a second, which a container must not do while it
/// builds services. All callers share one attempt. One that failed is made again: at the next call, or if it is work to find out that nothing has
/// changed (a key to derive, a file to verify) after a while that doubles each time.
/// </summary>
internal sealed class DeferredEncryptedFileStore(EncryptedFileOptions options) : ISecretStore
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task<EncryptedFileSecretStore>? _opening;
    private TimeSpan _pause;
    private long _failedAt;
    private bool _hasFailed;
    private bool _disposed;

    public string Name => options.StoreName;

    public SecretStoreCapabilities Capabilities => EncryptedFileSecretStore.DeclaredCapabilities;

    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).ReadAsync(reads, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).DescribeAsync(addresses, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).ListAsync(listing, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).ListVersionsAsync(address, continuationToken, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).WriteAsync(write, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).PromoteAsync(promotion, cancellationToken).ConfigureAwait(false);

    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).DeleteAsync(delete, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) =>
        await (await StoreAsync(cancellationToken).ConfigureAwait(false)).RecoverAsync(address, cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<SecretStoreChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EncryptedFileSecretStore store = await StoreAsync(cancellationToken).ConfigureAwait(false);
        await foreach (SecretStoreChange change in store.WatchAsync(cancellationToken).ConfigureAwait(false))
            yield return change;
    }

    public async ValueTask DisposeAsync()
    {
        Task<EncryptedFileSecretStore>? opening;
        lock (_gate)
        {
            _disposed = true;
            opening = _opening;
        }

        if (opening is null)
            return;
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
            await opening.Result.DisposeAsync().ConfigureAwait(false);
    }

    private Task<EncryptedFileSecretStore> StoreAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(EncryptedFileSecretStore));
            if (_opening is null || (IsOver(_opening) && !IsPausing()))
                _opening = OpenAsync();
            // A caller that gives up leaves the attempt to the others.
            return _opening.WaitAsync(cancellationToken);
        }
    }

    private static bool IsOver(Task opening) => opening.IsFaulted || opening.IsCanceled;

    private bool IsPausing() => _pause > TimeSpan.Zero && options.TimeProvider.GetElapsedTime(_failedAt) < _pause;

    private async Task<EncryptedFileSecretStore> OpenAsync()
    {
        try
        {
            EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options, CancellationToken.None).ConfigureAwait(false);
            // Whoever began to watch before heard of a failure, and begins again some time after now.
            if (_hasFailed)
                store.TellNewWatchesOfMissedChanges();
            return store;
        }
        catch (SecretException failure)
        {
            NoteFailure(failure.Code is SecretErrorCode.Unauthenticated or SecretErrorCode.Corrupted);
            throw;
        }
    }

    private void NoteFailure(bool isWorkToRepeat)
    {
        lock (_gate)
        {
            _hasFailed = true;
            _failedAt = options.TimeProvider.GetTimestamp();
            TimeSpan longer = _pause == TimeSpan.Zero ? ShortestPause : _pause * 2;
            _pause = !isWorkToRepeat ? TimeSpan.Zero : longer < LongestPause ? longer : LongestPause;
        }
    }
}
