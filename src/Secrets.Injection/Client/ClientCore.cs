using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What all views of one client share.</summary>
internal sealed class ClientCore(ISecretStore store, SecretsClientOptions options, ISecretPolicy policy, TimeProvider time, ILogger log)
{
    private int _disposed;

    internal ISecretStore Store { get; } = store;

    internal SecretsClientOptions Options { get; } = options;

    internal TimeProvider Time { get; } = time;

    internal ILogger Log { get; } = log;

    internal WriteRules Rules { get; } = new(options.NameRule, store);

    internal bool Has(SecretStoreFeatures features) => Store.Capabilities.Has(features);

    /// <summary>Fails with a coded error that names the store and the capability, before anything is sent.</summary>
    internal void Require(SecretStoreFeatures feature, SecretAddress? address = null)
    {
        if (!Has(feature)) throw SecretException.Unsupported(Store, feature, address);
    }

    /// <summary>A policy that throws refuses: it must neither let anybody through nor bring down a refresh that others share.</summary>
    internal SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address)
    {
        try
        {
            return policy.Decide(principal, action, address);
        }
        catch (Exception error)
        {
            ClientLog.PolicyFailed(Log, error);
            return SecretDecision.Refused($"The policy itself failed ({error.GetType().Name}); the log has the cause.");
        }
    }

    internal void Demand(SecretPrincipal principal, SecretAction action, SecretAddress address)
    {
        SecretDecision decision = Decide(principal, action, address);
        if (!decision.IsAllowed) throw ClientErrors.Refused(action, address, principal, decision);
    }

    internal SecretAddress[] CandidatesOf(SecretLookup lookup, SecretsView view) =>
        LookupCandidates.Of(lookup, view.Principal, view.Scopes, Options.LookupOrder);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, typeof(SecretsClient));

    /// <returns>True for the first caller, who disposes.</returns>
    internal bool TryBeginDispose() => Interlocked.Exchange(ref _disposed, 1) == 0;
}
