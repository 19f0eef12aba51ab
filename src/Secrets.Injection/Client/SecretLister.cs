using System.Runtime.CompilerServices;

namespace Secrets;

/// <summary>Lists for one pair of eyes: public secrets and the principal's own, as far as the policy lets it use them.</summary>
internal sealed class SecretLister(ClientCore core, CandidateDescriber describer, ClientTelemetry telemetry)
{
    internal async IAsyncEnumerable<SecretProperties> ListAsync(
        SecretsView view, SecretQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Require(SecretStoreFeatures.List);
        SecretNameFilter name = SecretNameFilter.Parse(query.Name);
        SecretListing listing = new()
        {
            Scopes = query.Scope is { } scope ? [scope] : null,
            IncludePublic = query.Visibility != SecretVisibility.Private,
            Owner = query.Visibility == SecretVisibility.Public ? null : view.Principal.Id,
            NamePrefix = name.Prefix,
            IncludeDeleted = query.IncludeDeleted,
        };
        do
        {
            SecretPage page = await PageAsync(() => core.Store.ListAsync(listing, cancellationToken), null, "list").ConfigureAwait(false);
            foreach (SecretProperties item in page.Items)
            {
                // The store may return more than was asked for.
                if (listing.Matches(item) && name.Matches(item.Name) && (query.Type is null || string.Equals(item.Type, query.Type, StringComparison.Ordinal))
                    && core.Decide(view.Principal, SecretAction.Use, item.Address).IsAllowed)
                {
                    yield return SecretIds.WithId(item);
                }
            }

            listing = listing with { ContinuationToken = page.ContinuationToken };
        }
        while (listing.ContinuationToken is not null);
    }

    internal async IAsyncEnumerable<SecretProperties> ListVersionsAsync(
        SecretsView view, SecretLookup lookup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Require(SecretStoreFeatures.Versions);
        SecretProperties current = await FindAsync(view, lookup, cancellationToken).ConfigureAwait(false);
        string? token = null;
        do
        {
            string? from = token;
            SecretPage page = await PageAsync(() => core.Store.ListVersionsAsync(current.Address, from, cancellationToken), current.Address, "list the versions of").ConfigureAwait(false);
            foreach (SecretProperties item in page.Items)
                yield return SecretIds.WithId(item);
            token = page.ContinuationToken;
        }
        while (token is not null);
    }

    private async ValueTask<SecretProperties> FindAsync(SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        try
        {
            SecretProperties current = await describer.FindAsync("list the versions of", view, lookup, cancellationToken).ConfigureAwait(false);
            core.Demand(view.Principal, SecretAction.Use, current.Address);
            return current;
        }
        catch (SecretException error) when (error.Code == SecretErrorCode.Denied)
        {
            telemetry.Audit(SecretAuditAction.Read, view.Principal, lookup, null, error.Code, error.Address);
            throw;
        }
    }

    private async ValueTask<SecretPage> PageAsync(Func<ValueTask<SecretPage>> call, SecretAddress? address, string operation)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store(operation, address, error, core.Store.Name);
        }
    }
}
