namespace Secrets;

/// <summary>
/// The steps of a rotation: generate, store as pending, set, test, promote. What was done stands in the store, so that the next run goes on
/// where this one was cut off.
/// </summary>
internal sealed class SecretRotation(ClientCore core, CandidateReader reader)
{
    private const SecretStoreFeatures Needed = SecretStoreFeatures.Write | SecretStoreFeatures.Versions | SecretStoreFeatures.Promote;

    internal async ValueTask<Secret> RunAsync(SecretsView view, Secret current, ISecretRotator rotator, CancellationToken cancellationToken)
    {
        SecretAddress address = current.Properties.Address;
        core.Require(Needed, address);
        core.Demand(view.Principal, SecretAction.Update, address);
        Secret pending = await FindPendingAsync(address, cancellationToken).ConfigureAwait(false)
            ?? await StorePendingAsync(current, await rotator.GenerateAsync(current, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        try
        {
            await rotator.SetAsync(current, pending, cancellationToken).ConfigureAwait(false);
            await rotator.TestAsync(current, pending, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await RollBackAsync(rotator, current, pending).ConfigureAwait(false);
            throw;
        }

        return await PromoteAsync(current, pending, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Secret?> FindPendingAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            SecretPage page = await CallAsync(address, () => core.Store.ListVersionsAsync(address, token, cancellationToken)).ConfigureAwait(false);
            if (page.Items.FirstOrDefault(item => item.State == SecretVersionState.Pending) is { } found)
                return await ReadAsync(address, found.Version, cancellationToken).ConfigureAwait(false);
            token = page.ContinuationToken;
        }
        while (token is not null);
        return null;
    }

    private async ValueTask<Secret> StorePendingAsync(Secret current, SecretValues values, CancellationToken cancellationToken)
    {
        SecretAddress address = current.Properties.Address;
        SecretValues copy = new(values);
        core.Rules.CheckKeys(address, copy.Keys.Except(current.Keys));
        core.Rules.CheckValues(address, copy);
        SecretCondition unchanged = core.Has(SecretStoreFeatures.WriteIfVersion) ? SecretCondition.At(current.Version) : SecretCondition.None;
        SecretProperties next = current.Properties with { ExpiresOn = NextExpiry(current.Properties) };
        SecretProperties stored = await CallAsync(address, () => core.Store.WriteAsync(new SecretWrite(next, copy, unchanged) { Pending = true }, cancellationToken)).ConfigureAwait(false);
        return new Secret(SecretIds.WithId(stored), copy);
    }

    /// <summary>As long a life as the current version had: with the old date, the new value would expire with the one that it replaces.</summary>
    private DateTimeOffset? NextExpiry(SecretProperties current) =>
        current is { ExpiresOn: { } expiry, UpdatedOn: var written } && written != default && expiry > written ? core.Time.GetUtcNow() + (expiry - written) : current.ExpiresOn;

    private async ValueTask<Secret> PromoteAsync(Secret current, Secret pending, CancellationToken cancellationToken)
    {
        SecretAddress address = current.Properties.Address;
        SecretCondition unchanged = core.Has(SecretStoreFeatures.WriteIfVersion) ? SecretCondition.At(current.Version) : SecretCondition.None;
        SecretProperties promoted = await CallAsync(address, () => core.Store.PromoteAsync(new SecretPromotion(address, pending.Version, unchanged), cancellationToken)).ConfigureAwait(false);
        return new Secret(SecretIds.WithId(promoted), pending.Values);
    }

    private async ValueTask RollBackAsync(ISecretRotator rotator, Secret current, Secret pending)
    {
        try
        {
            await rotator.RollBackAsync(current, pending, CancellationToken.None).ConfigureAwait(false);
            if (core.Has(SecretStoreFeatures.DestroyVersion))
                await core.Store.DeleteAsync(new SecretDelete(pending.Properties.Address) { Version = pending.Version }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The step's own failure is the one to report. What is left is a pending version, which the next rotation takes up or replaces.
            ClientLog.RollBackFailed(core.Log, error.GetType().Name, pending.Properties.Address.ToString());
        }
    }

    private async ValueTask<Secret> ReadAsync(SecretAddress address, SecretVersion version, CancellationToken cancellationToken)
    {
        SecretReadResult read = (await reader.ReadAllAsync([new SecretRead(address, version)], cancellationToken).ConfigureAwait(false))[0];
        return read.Secret ?? throw ClientErrors.Store("rotate", address, read.Status, read.Error, core.Store.Name);
    }

    private async ValueTask<T> CallAsync<T>(SecretAddress address, Func<ValueTask<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store("rotate", address, error, core.Store.Name);
        }
    }
}
