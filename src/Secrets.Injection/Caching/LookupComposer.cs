using System.Globalization;

namespace Secrets;

/// <summary>
/// Makes a reader's answer out of what the store just said and what is known from before. A value past its freshness counts only while the
/// store fails, for a bounded time, and is marked; "there was none" from before counts only in front of a value.
/// </summary>
internal sealed class LookupComposer(ClientCore core, LookupAnswers answers, RefreshSchedule schedule, MonotonicClock clock)
{
    /// <param name="operation">For the error's text.</param>
    /// <param name="entry">The lookup.</param>
    /// <param name="told">What the store said just now, of the addresses that were asked for.</param>
    /// <param name="allowStale">False for a forced refresh: it fails where the store fails.</param>
    internal SecretLookupResult Compose(string operation, LookupEntry entry, IReadOnlyDictionary<AddressEntry, AddressState> told, bool allowStale)
    {
        AddressEntry[] candidates = entry.Candidates;
        SecretReadResult[] results = new SecretReadResult[candidates.Length];
        bool[] tentative = new bool[candidates.Length];
        for (int i = 0; i < candidates.Length; i++)
            results[i] = ResultOf(candidates[i], told.GetValueOrDefault(candidates[i]), allowStale, out tentative[i]);

        SecretAddress[] addresses = [.. candidates.Select(candidate => candidate.Key.Address)];
        SecretLookupResult answer = answers.Of(operation, entry.View.View, entry.Lookup, addresses, results, out SecretAddress? applied);
        int decided = applied is { } address ? Array.IndexOf(addresses, address) : candidates.Length;
        int guess = Array.IndexOf(tentative, true);
        if (answer.Status == SecretReadStatus.NotFound && decided == candidates.Length && guess >= 0)
        {
            SecretException? cause = candidates[guess].Failure?.Error ?? told.GetValueOrDefault(candidates[guess])?.Error;
            return new SecretLookupResult(SecretReadStatus.Failed, null, ClientErrors.Store(operation, addresses[guess], SecretReadStatus.Failed, cause, core.Store.Name));
        }

        bool mayHaveBeenNone = decided < candidates.Length && answer.Status == SecretReadStatus.Failed && candidates[decided].Known is { Status: SecretReadStatus.NotFound };
        if (allowStale && mayHaveBeenNone && Array.FindIndex(candidates, decided, candidate => candidate.Known is { IsFound: true }) is var old and >= 0)
        {
            SecretException tooOld = TooOld(addresses[old], candidates[old].Known!, clock.Now, results[decided].Error);
            return new SecretLookupResult(SecretReadStatus.Failed, null, ClientErrors.Store(operation, addresses[old], SecretReadStatus.Failed, tooOld, core.Store.Name));
        }

        if (answer.Status == SecretReadStatus.NotFound && entry.Lookup.Version is { } version && candidates.Length == 1)
            return answer with { Error = ClientErrors.NoSuchVersion(operation, addresses[0], version, core.Store.Name) };
        bool isDegraded = answer.Status == SecretReadStatus.Found && (results[decided].IsDegraded || (guess >= 0 && guess < decided));
        return isDegraded ? answer with { IsDegraded = true } : answer;
    }

    private SecretReadResult ResultOf(AddressEntry candidate, AddressState? told, bool allowStale, out bool isTentative)
    {
        isTentative = false;
        long now = clock.Now;
        AddressState? known = candidate.Known;
        bool failing = told is { Status: SecretReadStatus.Failed } or { IsDegraded: true }
            || (told is null && candidate.Failure is not null && (!allowStale || known is null || known.FreshUntil <= now));
        if (!failing)
        {
            AddressState? state = known ?? told;
            return state is null ? default : new SecretReadResult(state.Status, state.Secret, state.Error);
        }

        SecretException? cause = told?.Error ?? candidate.Failure?.Error;
        if (!allowStale && told is not { IsDegraded: true }) return new SecretReadResult(SecretReadStatus.Failed, null, cause);
        if (allowStale && known is { IsFound: true })
        {
            if (now < known.StaleUntil(schedule.MaxStale)) return new SecretReadResult(SecretReadStatus.Found, known.Secret) { IsDegraded = true };
            if (told is not { IsDegraded: true }) return SecretReadResult.From(TooOld(candidate.Key.Address, known, now, cause));
        }

        if (told is { IsDegraded: true }) return new SecretReadResult(SecretReadStatus.Found, told.Secret) { IsDegraded = true };
        if (known is { Status: SecretReadStatus.NotFound } && now < known.FetchedAt + (schedule.DefaultFreshness + schedule.MaxStale).Ticks)
        {
            isTentative = true;
            return SecretReadResult.NotFound;
        }

        return new SecretReadResult(SecretReadStatus.Failed, null, cause);
    }

    private SecretException TooOld(SecretAddress address, AddressState known, long now, SecretException? cause) => new(
        SecretErrorCode.Stale,
        string.Create(CultureInfo.InvariantCulture, $"the only value at hand is {TimeSpan.FromTicks(now - known.FetchedAt):c} old, past what is allowed to be served while the store fails ({schedule.MaxStale:c} after its freshness). Last cause: {cause?.Message}"),
        cause)
    {
        StoreName = cause?.StoreName ?? core.Store.Name,
        Address = address,
        RetryAfter = cause?.RetryAfter,
        Reason = cause?.Code is { } code ? "last-" + code.ToString().ToLowerInvariant() : null,
    };
}
