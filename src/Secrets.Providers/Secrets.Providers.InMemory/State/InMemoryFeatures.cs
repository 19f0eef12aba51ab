namespace Secrets;

/// <summary>Refuses what the store does not declare, before anything else happens.</summary>
internal sealed class InMemoryFeatures(InMemorySecretStore store, InMemoryErrors errors)
{
    internal void NeedFor(SecretWrite write)
    {
        SecretAddress address = write.Address;
        Need(SecretStoreFeatures.Write, address);
        if (write.Condition is { IfAbsent: true, IfVersion: not null })
            throw errors.Invalid(address, "condition", "a write cannot ask for it to be absent and at a version. Choose one.");
        if (write.Condition.IfAbsent) Need(SecretStoreFeatures.WriteIfAbsent, address);
        if (write.Condition.IfVersion is not null) Need(SecretStoreFeatures.WriteIfVersion, address);
        if (write.Pending) Need(SecretStoreFeatures.Promote, address);
        if (write.MoveFrom is not null) Need(SecretStoreFeatures.Move, address);
        if (write.Values.Values.Any(value => !value.IsText)) Need(SecretStoreFeatures.Binary, address);
    }

    internal void NeedForChange(SecretCondition condition, SecretAddress address)
    {
        if (condition.IfAbsent) throw errors.Invalid(address, "condition", "what is absent cannot be promoted or deleted. Use SecretCondition.At or None.");
        if (condition.IfVersion is not null) Need(SecretStoreFeatures.WriteIfVersion, address);
    }

    internal void Need(SecretStoreFeatures feature, SecretAddress? address = null)
    {
        if (!store.Capabilities.Has(feature)) throw SecretException.Unsupported(store, feature, address);
    }
}
