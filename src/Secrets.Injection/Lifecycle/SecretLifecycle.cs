namespace Secrets;

/// <summary>What happens to a secret besides being written: recovered, purged, rolled back.</summary>
internal sealed class SecretLifecycle(ClientEngine engine)
{
    private readonly ClientCore _core = engine.Core;

    internal async ValueTask<Secret> RecoverAsync(SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        _core.ThrowIfDisposed();
        _core.Require(SecretStoreFeatures.SoftDelete);
        foreach (SecretAddress place in _core.CandidatesOf(lookup, view))
        {
            if (await TryAsync("recover", place, () => RecoverAsync(view, place, cancellationToken)).ConfigureAwait(false))
                return await ReadAsync("recover", place, cancellationToken).ConfigureAwait(false);
        }

        throw ClientErrors.NotFound("recover", lookup, view, _core.Store.Name);
    }

    internal async ValueTask<SecretAddress> PurgeAsync(SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        _core.ThrowIfDisposed();
        _core.Require(SecretStoreFeatures.Delete);
        foreach (SecretAddress place in _core.CandidatesOf(lookup, view))
        {
            if (await TryAsync("purge", place, () => PurgeAsync(view, place, cancellationToken)).ConfigureAwait(false)) return place;
        }

        throw ClientErrors.NotFound("purge", lookup, view, _core.Store.Name);
    }

    internal async ValueTask<Secret> RollBackAsync(SecretsView view, SecretLookup lookup, SecretVersion? version, CancellationToken cancellationToken)
    {
        _core.ThrowIfDisposed();
        _core.Require(SecretStoreFeatures.Versions);
        _core.Require(SecretStoreFeatures.Promote);
        SecretProperties current = await engine.Describer.FindAsync("roll back", view, lookup with { Version = null }, cancellationToken).ConfigureAwait(false);
        SecretAddress address = current.Address;
        _core.Demand(view.Principal, SecretAction.Update, address);
        _core.Demand(view.Principal, SecretAction.Administer, address);
        SecretVersion target = version ?? await PreviousAsync(address, cancellationToken).ConfigureAwait(false);
        SecretCondition unchanged = _core.Has(SecretStoreFeatures.WriteIfVersion) ? SecretCondition.At(current.Version) : SecretCondition.None;
        try
        {
            await _core.Store.PromoteAsync(new SecretPromotion(address, target, unchanged), cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store("roll back", address, error, _core.Store.Name);
        }

        return await ReadAsync("roll back", address, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RecoverAsync(SecretsView view, SecretAddress place, CancellationToken cancellationToken)
    {
        // Bringing one back is what whoever may create there may do; asked first, so that a refusal says nothing of what is there.
        _core.Demand(view.Principal, SecretAction.Create, place);
        _core.Demand(view.Principal, SecretAction.Administer, place);
        await _core.Store.RecoverAsync(place, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PurgeAsync(SecretsView view, SecretAddress place, CancellationToken cancellationToken)
    {
        _core.Demand(view.Principal, SecretAction.Delete, place);
        _core.Demand(view.Principal, SecretAction.Administer, place);
        await _core.Store.DeleteAsync(new SecretDelete(place) { Purge = true }, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryAsync(string operation, SecretAddress place, Func<ValueTask> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return true;
        }
        catch (SecretException error) when (error.Code == SecretErrorCode.NotFound)
        {
            return false;
        }
        catch (SecretException error) when (error.StoreName is not null)
        {
            throw ClientErrors.Store(operation, place, error, _core.Store.Name);
        }
    }

    private async ValueTask<SecretVersion> PreviousAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            SecretPage page = await _core.Store.ListVersionsAsync(address, token, cancellationToken).ConfigureAwait(false);
            if (page.Items.FirstOrDefault(item => item.State == SecretVersionState.Previous) is { } previous) return previous.Version;
            token = page.ContinuationToken;
        }
        while (token is not null);
        throw new SecretException(SecretErrorCode.NotFound, $"Cannot roll back {address}: the store '{_core.Store.Name}' keeps no version before the current one.")
        {
            StoreName = _core.Store.Name,
            Address = address,
            Reason = "version",
        };
    }

    private async ValueTask<Secret> ReadAsync(string operation, SecretAddress address, CancellationToken cancellationToken)
    {
        SecretReadResult result = (await _core.Store.ReadAsync([new SecretRead(address)], cancellationToken).ConfigureAwait(false))[0];
        return result.Secret is { } secret
            ? new Secret(SecretIds.WithId(secret.Properties), secret.Values)
            : throw ClientErrors.Store(operation, address, result.Status, result.Error, _core.Store.Name);
    }
}
