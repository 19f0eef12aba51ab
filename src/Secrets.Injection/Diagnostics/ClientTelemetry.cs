using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What the client tells about itself: instruments and the audit trail. No secret's name in a metric, no value anywhere.</summary>
internal sealed class ClientTelemetry : IDisposable
{
    private readonly Meter _meter = new(SecretsDiagnostics.MeterName);
    private readonly Counter<long> _misses;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _storeCalls;
    private readonly Histogram<double> _storeDuration;
    private readonly Counter<long> _refreshFailures;
    private readonly ISecretAudit[] _audits;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    internal ClientTelemetry(IEnumerable<ISecretAudit> audits, TimeProvider time, ILogger log)
    {
        _audits = [.. audits];
        _time = time;
        _log = log;
        Hits = _meter.CreateCounter<long>("secrets.cache.hits", "{read}", "Reads answered from memory. Counted only while somebody listens.");
        _misses = _meter.CreateCounter<long>("secrets.cache.misses", "{read}", "Reads that asked a store.");
        _failures = _meter.CreateCounter<long>("secrets.reads.failed", "{read}", "Reads that ended with an error, by code.");
        _storeCalls = _meter.CreateCounter<long>("secrets.store.calls", "{call}", "Calls to a store, by store, operation and outcome.");
        _storeDuration = _meter.CreateHistogram<double>("secrets.store.duration", "s", "How long calls to a store took.");
        _refreshFailures = _meter.CreateCounter<long>("secrets.refresh.failures", "{address}", "Addresses for which a store failed, by code.");
    }

    internal Counter<long> Hits { get; }

    /// <summary>Adds what is measured by looking, not by counting.</summary>
    internal void Observe(CacheHealth health, IReadOnlyList<StoreCircuit> circuits)
    {
        _meter.CreateObservableGauge("secrets.cache.entries", () => health.Now().Values, "{secret}", "Values in memory.");
        _meter.CreateObservableGauge("secrets.cache.oldest_age", () => health.Now().OldestAge.TotalSeconds, "s", "Age of the oldest value that is in use.");
        _meter.CreateObservableGauge("secrets.cache.stale", () => health.Now().StaleValues, "{secret}", "Values in use past their freshness, because the store fails.");
        _meter.CreateObservableGauge("secrets.expiry.soonest", SoonestExpiry(health), "s", "Time to the soonest expiry of a value in use; negative once it has passed.");
        _meter.CreateObservableGauge("secrets.circuit.open", () => circuits.Select(circuit => new Measurement<int>(circuit.IsOpen ? 1 : 0, new KeyValuePair<string, object?>("secrets.store", circuit.StoreName))), null, "1 while a store is not asked because it fails.");
    }

    internal void Read(SecretsView view, LookupEntry entry, SecretLookupResult result, bool wasCold)
    {
        if (!wasCold)
        {
            if (Hits.Enabled) Hits.Add(1);
            if (result.Error is null) return;
        }
        else
        {
            _misses.Add(1);
        }

        if (result.Error is { } error) _failures.Add(1, new KeyValuePair<string, object?>("secrets.code", error.Code.ToString()));
        if (_audits.Length == 0) return;
        Audit(new SecretAuditEvent(SecretAuditAction.Read, view.Principal, entry.Lookup, result.Secret?.Properties.Address ?? result.Error?.Address, result.Error?.Code, _time.GetUtcNow())
        {
            Version = result.Secret?.Version,
            IsDegraded = result.IsDegraded,
        });
        ReportSkips(view, entry, result);
    }

    internal void RefreshFailed(SecretException error) =>
        _refreshFailures.Add(1, new("secrets.store", error.StoreName), new("secrets.code", error.Code.ToString()));

    internal void StoreCalled(string store, string operation, SecretErrorCode? error, TimeSpan took)
    {
        KeyValuePair<string, object?> storeTag = new("secrets.store", store);
        KeyValuePair<string, object?> operationTag = new("secrets.operation", operation);
        KeyValuePair<string, object?> outcomeTag = new("secrets.outcome", error?.ToString() ?? "ok");
        _storeCalls.Add(1, storeTag, operationTag, outcomeTag);
        _storeDuration.Record(took.TotalSeconds, storeTag, operationTag, outcomeTag);
    }

    internal void Audit(SecretAuditAction action, SecretPrincipal principal, SecretLookup lookup, SecretProperties? secret, SecretErrorCode? error = null, SecretAddress? address = null) =>
        Audit(new SecretAuditEvent(action, principal, lookup, secret?.Address ?? address, error, _time.GetUtcNow()) { Version = secret?.Version });

    public void Dispose() => _meter.Dispose();

    private void ReportSkips(SecretsView view, LookupEntry entry, SecretLookupResult result)
    {
        foreach (AddressEntry candidate in entry.Candidates)
        {
            if (result.Secret is { } applied && candidate.Key.Address == applied.Properties.Address) return;
            bool isSkipped = result.Status is SecretReadStatus.Found or SecretReadStatus.NotFound
                && candidate.Known is { Status: SecretReadStatus.Denied or SecretReadStatus.MissingOrDenied };
            if (isSkipped) Audit(SecretAuditAction.Skip, view.Principal, entry.Lookup, null, SecretErrorCode.Denied, candidate.Key.Address);
        }
    }

    private Func<IEnumerable<Measurement<double>>> SoonestExpiry(CacheHealth health) => () =>
        health.Now().SoonestExpiry is { } expiry ? [new Measurement<double>((expiry - _time.GetUtcNow()).TotalSeconds)] : [];

    private void Audit(SecretAuditEvent auditEvent)
    {
        foreach (ISecretAudit audit in _audits)
        {
            try
            {
                audit.Record(auditEvent);
            }
            catch (Exception error)
            {
                ClientLog.AuditFailed(_log, error, audit.GetType().Name);
            }
        }
    }
}
