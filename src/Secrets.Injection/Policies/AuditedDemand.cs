namespace Secrets;

/// <summary>Asks the policy on behalf of somebody outside the client, and writes down what it says.</summary>
internal static class AuditedDemand
{
    internal static void Make(ClientEngine engine, SecretsView view, SecretAction action, SecretAddress address)
    {
        SecretLookup lookup = new(address.Name) { Visibility = address.Visibility, Scope = address.Scope };
        SecretException? refusal = null;
        try
        {
            if (address.Owner is not null && !string.Equals(address.Owner, view.Principal.Id, StringComparison.Ordinal))
                throw ClientErrors.NotFound("find", lookup, view, engine.Core.Store.Name);
            engine.Core.Demand(view.Principal, action, address);
        }
        catch (SecretException error)
        {
            refusal = error;
            throw;
        }
        finally
        {
            // What is allowed is written down when it is done; showing a value is the asker's to do, so this is the only place that hears of it.
            if (refusal is not null || action == SecretAction.Reveal)
                engine.Telemetry.Audit(Tried(action), view.Principal, lookup, null, refusal?.Code, refusal is null ? address : refusal.Address);
        }
    }

    private static SecretAuditAction Tried(SecretAction action) => action switch
    {
        SecretAction.Reveal => SecretAuditAction.Reveal,
        SecretAction.Create => SecretAuditAction.Create,
        SecretAction.Update => SecretAuditAction.Update,
        SecretAction.Delete => SecretAuditAction.Delete,
        SecretAction.Administer => SecretAuditAction.Purge,
        _ => SecretAuditAction.Read,
    };
}
