namespace Secrets;

/// <summary>Puts a circuit, time-out, metrics and spans around each store of a client, those inside a mirror included.</summary>
internal sealed class StoreGuard(ClientTelemetry telemetry, MonotonicClock clock, SecretCacheOptions options, TimeProvider time)
{
    private readonly List<StoreCircuit> _circuits = [];

    internal IReadOnlyList<StoreCircuit> Circuits => _circuits;

    internal ISecretStore Guard(ISecretStore store)
    {
        if (store is MirroredSecretStore) return store;
        StoreCircuit circuit = new(store.Name, clock);
        _circuits.Add(circuit);
        return new GuardedStore(store, circuit, telemetry, options.StoreTimeout, time);
    }
}
