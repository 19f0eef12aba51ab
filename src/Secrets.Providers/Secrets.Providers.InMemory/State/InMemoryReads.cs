namespace Secrets;

/// <summary>How one entry of a batch is answered: injected faults first, then what the state holds.</summary>
internal sealed class InMemoryReads(InMemorySecretStore store, InMemoryErrors errors)
{
    internal SecretReadResult Read(InMemoryState state, SecretRead read)
    {
        if (store.Faults.Strike(InMemoryOperation.Read, read.Address, forEntries: true, afterEffect: false) is { } fault)
        {
            SecretException error = fault.ToException(store.Name, InMemoryOperation.Read, read.Address);
            return fault.MissingOrDenied ? new SecretReadResult(SecretReadStatus.MissingOrDenied, Error: error) : SecretReadResult.From(error);
        }

        if (store.Faults.RefusesValueReads) return SecretReadResult.From(errors.Denied(read.Address));
        if (read.Version is not null && !store.Capabilities.Has(SecretStoreFeatures.Versions))
            return SecretReadResult.From(SecretException.Unsupported(store, SecretStoreFeatures.Versions, read.Address));
        if (state[read.Address].Live is not { } secret) return Missing(read.Address);
        InMemoryVersion? version = read.Version is { } wanted ? secret.Find(wanted) : secret.Current;
        if (version is null) return Missing(read.Address);
        if (version.Values is null) return SecretReadResult.From(errors.NoSuchVersion(read.Address, version.Version, "destroyed"));
        if (version.IsDisabled) return SecretReadResult.From(errors.Disabled(read.Address, version.Version));
        return read.UnlessVersion == version.Version && store.Capabilities.Has(SecretStoreFeatures.ReadUnlessVersion)
            ? SecretReadResult.NotModified
            : SecretReadResult.Found(version.Secret);
    }

    internal SecretDescribeResult Describe(InMemoryState state, SecretAddress address)
    {
        if (store.Faults.Strike(InMemoryOperation.Describe, address, forEntries: true, afterEffect: false) is { } fault)
        {
            SecretException error = fault.ToException(store.Name, InMemoryOperation.Describe, address);
            return fault.MissingOrDenied ? new SecretDescribeResult(SecretReadStatus.MissingOrDenied, Error: error) : SecretDescribeResult.From(error);
        }

        if (state[address].Live?.Current is { } current) return SecretDescribeResult.Found(current.Shown);
        return store.Faults.HidesMissing ? new SecretDescribeResult(SecretReadStatus.MissingOrDenied, Error: errors.Denied(address)) : SecretDescribeResult.NotFound;
    }

    private SecretReadResult Missing(SecretAddress address) =>
        store.Faults.HidesMissing ? new SecretReadResult(SecretReadStatus.MissingOrDenied, Error: errors.Denied(address)) : SecretReadResult.NotFound;
}
