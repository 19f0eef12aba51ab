using System.Diagnostics;
using System.Globalization;

namespace Secrets;

/// <summary>One store with its circuit, time-out, metrics and spans. Reads stop at an open circuit; writes go through and try.</summary>
internal sealed class GuardedStore(ISecretStore inner, StoreCircuit circuit, ClientTelemetry telemetry, TimeSpan timeout, TimeProvider time) : DelegatingSecretStore(inner)
{
    public override async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        return await CallAsync("read", reads.Count, async token => Complete(await Inner.ReadAsync(reads, token).ConfigureAwait(false), reads.Count), cancellationToken, Outage, reads.Count == 1 ? reads[0].Address : null).ConfigureAwait(false);
    }

    public override async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        return await CallAsync("describe", addresses.Count, async token => Complete(await Inner.DescribeAsync(addresses, token).ConfigureAwait(false), addresses.Count), cancellationToken, Outage, addresses.Count == 1 ? addresses[0] : null).ConfigureAwait(false);
    }

    public override ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken) =>
        CallAsync("list", 1, token => Inner.ListAsync(listing, token), cancellationToken);

    public override ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken) =>
        CallAsync("list-versions", 1, token => Inner.ListVersionsAsync(address, continuationToken, token), cancellationToken);

    public override ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken) =>
        CallAsync("write", 1, token => Inner.WriteAsync(write, token), cancellationToken);

    public override ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) =>
        CallAsync("promote", 1, token => Inner.PromoteAsync(promotion, token), cancellationToken);

    public override async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken) => await CallAsync("delete", 1, async token =>
    {
        await Inner.DeleteAsync(delete, token).ConfigureAwait(false);
        return true;
    }, cancellationToken).ConfigureAwait(false);

    public override ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) =>
        CallAsync("recover", 1, token => Inner.RecoverAsync(address, token), cancellationToken);

    private async ValueTask<T> CallAsync<T>(
        string operation, int count, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken, Func<T, SecretErrorCode?>? outage = null, SecretAddress? only = null)
    {
        using Activity? span = SecretsDiagnostics.Activities.StartActivity("secrets.store." + operation, ActivityKind.Client);
        span?.SetTag("secrets.store", Name).SetTag("secrets.count", count);
        using CancellationTokenSource ends = new(timeout, time);
        using CancellationTokenRegistration link = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), ends);
        long start = time.GetTimestamp();
        try
        {
            T result = await call(ends.Token).ConfigureAwait(false);
            Ended(operation, outage?.Invoke(result), start, span, only);
            return result;
        }
        catch (SecretException error)
        {
            Ended(operation, error.Code, start, span);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller gave up: that says nothing about the store.
            circuit.Abandoned();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Ended(operation, SecretErrorCode.TimedOut, start, span);
            throw new SecretException(SecretErrorCode.TimedOut, string.Create(CultureInfo.InvariantCulture, $"the store '{Name}' did not answer within {timeout.TotalSeconds:0.#} s.")) { StoreName = Name };
        }
        catch (Exception error)
        {
            // A store that lets a foreign exception out is broken. Its callers still get a coded error, with no more than the type of the foreign
            // one: nobody scrubbed its text, and it could hold a value.
            Ended(operation, SecretErrorCode.Unknown, start, span);
            throw new SecretException(SecretErrorCode.Unknown, $"the store '{Name}' let a {error.GetType().Name} out. Report it to the store's author.") { StoreName = Name };
        }
    }

    private void Ended(string operation, SecretErrorCode? failed, long start, Activity? span, SecretAddress? only = null)
    {
        if (failed is { } code && IsOutage(code)) circuit.Failed(only);
        else circuit.Succeeded();
        telemetry.StoreCalled(Name, operation, failed, time.GetElapsedTime(start));
        if (failed is not null) span?.SetStatus(ActivityStatusCode.Error, failed.ToString());
    }

    private IReadOnlyList<T> Complete<T>(IReadOnlyList<T> results, int asked) => results.Count == asked
        ? results
        : throw new SecretException(SecretErrorCode.Unknown, string.Create(CultureInfo.InvariantCulture, $"the store '{Name}' gave {results.Count} results where {asked} were asked for. Report it to the store's author.")) { StoreName = Name };

    private void ThrowIfOpen()
    {
        if (circuit.TryEnter(out TimeSpan pause)) return;
        throw new SecretException(SecretErrorCode.Unavailable, string.Create(CultureInfo.InvariantCulture,
            $"the store '{Name}' failed several times in a row and is left alone for another {pause.TotalSeconds:0.#} s."))
        {
            StoreName = Name,
            Reason = "circuit-open",
        };
    }

    private static bool IsOutage(SecretErrorCode code) => code is SecretErrorCode.Unavailable or SecretErrorCode.TimedOut or SecretErrorCode.Throttled
        or SecretErrorCode.Unauthenticated or SecretErrorCode.Unknown;

    // One entry's failure is that entry's; the store is down only if everything fails.
    private static SecretErrorCode? Outage(IReadOnlyList<SecretReadResult> results) =>
        results.Count > 0 && results.All(result => result.Status == SecretReadStatus.Failed) ? results[0].Error?.Code ?? SecretErrorCode.Unknown : null;

    private static SecretErrorCode? Outage(IReadOnlyList<SecretDescribeResult> results) =>
        results.Count > 0 && results.All(result => result.Status == SecretReadStatus.Failed) ? results[0].Error?.Code ?? SecretErrorCode.Unknown : null;
}
