namespace Secrets;

/// <summary>
/// Several stores as one, in order. A read goes on to the next only where the one before says "not found"; going on past an outage is a
/// choice, and marked. Writes go to the first that can write.
/// </summary>
internal sealed class ChainedSecretStore : ISecretStore
{
    private readonly IReadOnlyList<ISecretStore> _stores;
    private readonly bool _fallBackOnOutage;
    private readonly VersionTag _tag;
    private readonly int _writer;

    internal ChainedSecretStore(IReadOnlyList<ISecretStore> stores, bool fallBackOnOutage)
    {
        string[] names = [.. stores.Select(store => store.Name)];
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
            throw ClientErrors.Invalid("store-names", $"Two stores of the chain have the same name ({string.Join(", ", names)}). Give each its own: versions and errors are told apart by it.");
        _stores = stores;
        _fallBackOnOutage = fallBackOnOutage;
        _tag = new VersionTag(names);
        _writer = stores.ToList().FindIndex(store => store.Capabilities.Has(SecretStoreFeatures.Write));
        Name = string.Join(" > ", names);
        Capabilities = ChainCapabilities.Of(stores);
    }

    public string Name { get; }

    public SecretStoreCapabilities Capabilities { get; }

    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        SecretReadResult[] results = new SecretReadResult[reads.Count];
        SecretException?[] outages = new SecretException?[reads.Count];
        bool[] isSettled = new bool[reads.Count];
        for (int s = 0; s < _stores.Count; s++)
        {
            int[] open = [.. Enumerable.Range(0, reads.Count).Where(i => !isSettled[i] && IsFor(s, reads[i]))];
            if (open.Length == 0) continue;
            IReadOnlyList<SecretReadResult> answers = await AskAsync(s, [.. open.Select(i => _tag.For(s, reads[i]))], cancellationToken).ConfigureAwait(false);
            for (int a = 0; a < open.Length; a++)
            {
                int i = open[a];
                SecretReadResult answer = answers[a];
                if (answer.Status == SecretReadStatus.NotFound) continue;
                if (answer.Status == SecretReadStatus.Failed && _fallBackOnOutage)
                {
                    outages[i] ??= answer.Error ?? new SecretException(SecretErrorCode.Unknown, $"The store '{_stores[s].Name}' failed.") { StoreName = _stores[s].Name };
                    continue;
                }

                isSettled[i] = true;
                results[i] = answer.Secret is { } secret ? answer with { Secret = _tag.Add(s, secret) } : answer;
                if (outages[i] is { } outage && answer.Status is SecretReadStatus.Found or SecretReadStatus.NotModified)
                    results[i] = results[i] with { IsDegraded = true, Error = outage };
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            // A store that could not say may have had it: "not found" would be a guess.
            if (!isSettled[i] && outages[i] is { } outage) results[i] = SecretReadResult.From(outage);
        }

        return results;
    }

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        SecretDescribeResult[] results = new SecretDescribeResult[addresses.Count];
        SecretException?[] outages = new SecretException?[addresses.Count];
        bool[] isSettled = new bool[addresses.Count];
        for (int s = 0; s < _stores.Count; s++)
        {
            int[] open = [.. Enumerable.Range(0, addresses.Count).Where(i => !isSettled[i])];
            if (open.Length == 0) break;
            IReadOnlyList<SecretDescribeResult> answers = await DescribeInAsync(s, [.. open.Select(i => addresses[i])], cancellationToken).ConfigureAwait(false);
            for (int a = 0; a < open.Length; a++)
            {
                int i = open[a];
                if (answers[a].Status == SecretReadStatus.NotFound) continue;
                if (answers[a].Status == SecretReadStatus.Failed && _fallBackOnOutage)
                {
                    outages[i] ??= answers[a].Error;
                    continue;
                }

                isSettled[i] = true;
                results[i] = answers[a].Properties is { } properties ? answers[a] with { Properties = _tag.Add(s, properties) } : answers[a];
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            if (!isSettled[i] && outages[i] is { } outage) results[i] = SecretDescribeResult.From(outage);
        }

        return results;
    }

    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        (int s, string? token) = ChainPages.Parse(listing.ContinuationToken, _stores.Count);
        SecretPage page = await _stores[s].ListAsync(listing with { ContinuationToken = token }, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SecretProperties> items = s == 0 ? page.Items : await WithoutShadowedAsync(s, page.Items, cancellationToken).ConfigureAwait(false);
        return new SecretPage(items, ChainPages.Next(s, page.ContinuationToken, _stores.Count));
    }

    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        int s = await HolderOfAsync(address, cancellationToken).ConfigureAwait(false);
        SecretPage page = await _stores[s].ListVersionsAsync(address, continuationToken, cancellationToken).ConfigureAwait(false);
        return page with { Items = [.. page.Items.Select(item => _tag.Add(s, item))] };
    }

    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        int s = _writer;
        if (write.Condition.IfVersion is { } expected)
        {
            (s, SecretVersion bare) = _tag.Remove(expected);
            write = write with { Condition = SecretCondition.At(bare) };
        }
        else if (write.MoveFrom is { } source)
        {
            s = await HolderOfAsync(source, cancellationToken).ConfigureAwait(false);
            if (write.MoveFromVersion is { } version) write = write with { MoveFromVersion = _tag.Remove(version).Version };
        }

        if (s < 0) throw SecretException.Unsupported(this, SecretStoreFeatures.Write, write.Address);
        await ThrowIfShadowedAsync(s, write.Address, cancellationToken).ConfigureAwait(false);
        return _tag.Add(s, await _stores[s].WriteAsync(write, cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        (int s, SecretVersion version) = _tag.Remove(promotion.Version);
        SecretCondition condition = promotion.Condition.IfVersion is { } current ? SecretCondition.At(_tag.Remove(current).Version) : promotion.Condition;
        SecretProperties promoted = await _stores[s].PromoteAsync(promotion with { Version = version, Condition = condition }, cancellationToken).ConfigureAwait(false);
        return _tag.Add(s, promoted);
    }

    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        int s;
        if (delete.Version is { } version)
        {
            (s, SecretVersion bare) = _tag.Remove(version);
            delete = delete with { Version = bare };
        }
        else
        {
            s = await HolderOfAsync(delete.Address, cancellationToken).ConfigureAwait(false);
        }

        if (delete.Condition.IfVersion is { } expected) delete = delete with { Condition = SecretCondition.At(_tag.Remove(expected).Version) };
        await _stores[s].DeleteAsync(delete, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        int s = _stores.ToList().FindIndex(store => store.Capabilities.Has(SecretStoreFeatures.SoftDelete));
        if (s < 0) throw SecretException.Unsupported(this, SecretStoreFeatures.SoftDelete, address);
        return _tag.Add(s, await _stores[s].RecoverAsync(address, cancellationToken).ConfigureAwait(false));
    }

    public IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken)
    {
        ISecretStore[] watched = [.. _stores.Where(store => store.Capabilities.Has(SecretStoreFeatures.Watch))];
        return watched.Length == 0 ? throw SecretException.Unsupported(this, SecretStoreFeatures.Watch) : ChainWatch.Merge(watched, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ISecretStore store in _stores)
            await store.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsFor(int store, SecretRead read) => read.Version is not { } version || _tag.Remove(version).Store == store;

    private async ValueTask<IReadOnlyList<SecretReadResult>> AskAsync(int store, SecretRead[] reads, CancellationToken cancellationToken)
    {
        try
        {
            return await _stores[store].ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            return [.. reads.Select(_ => SecretReadResult.From(error))];
        }
    }

    private async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeInAsync(int store, SecretAddress[] addresses, CancellationToken cancellationToken)
    {
        if (!_stores[store].Capabilities.Has(SecretStoreFeatures.Describe))
        {
            IReadOnlyList<SecretReadResult> read = await AskAsync(store, [.. addresses.Select(address => new SecretRead(address))], cancellationToken).ConfigureAwait(false);
            return [.. read.Select(result => new SecretDescribeResult(result.Status, result.Secret?.Properties, result.Error))];
        }

        try
        {
            return await _stores[store].DescribeAsync(addresses, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            return [.. addresses.Select(_ => SecretDescribeResult.From(error))];
        }
    }

    private async ValueTask<int> HolderOfAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        for (int s = 0; s < _stores.Count; s++)
        {
            SecretDescribeResult there = (await DescribeInAsync(s, [address], cancellationToken).ConfigureAwait(false))[0];
            if (there.Status == SecretReadStatus.NotFound) continue;
            return there.Status == SecretReadStatus.Found
                ? s
                : throw ClientErrors.Store("find", address, there.Status, there.Error, _stores[s].Name);
        }

        throw new SecretException(SecretErrorCode.NotFound, $"No store of the chain '{Name}' has the secret {address}.") { StoreName = Name, Address = address };
    }

    /// <summary>A write behind a store that has the secret would never be seen.</summary>
    private async ValueTask ThrowIfShadowedAsync(int store, SecretAddress address, CancellationToken cancellationToken)
    {
        for (int s = 0; s < store; s++)
        {
            SecretDescribeResult there = (await DescribeInAsync(s, [address], cancellationToken).ConfigureAwait(false))[0];
            if (there.Status == SecretReadStatus.NotFound) continue;
            throw there.Status == SecretReadStatus.Found
                ? new SecretException(SecretErrorCode.Unsupported, $"The store '{_stores[s].Name}' has the secret {address}, comes first and cannot be written, so a new value in '{_stores[store].Name}' would never be read. Change it there, or put the stores in another order.")
                {
                    StoreName = _stores[s].Name,
                    Address = address,
                    Reason = "shadowed",
                }
                : ClientErrors.Store("write", address, there.Status, there.Error, _stores[s].Name);
        }
    }

    private async ValueTask<IReadOnlyList<SecretProperties>> WithoutShadowedAsync(int store, IReadOnlyList<SecretProperties> items, CancellationToken cancellationToken)
    {
        List<SecretProperties> left = [.. items];
        for (int s = 0; s < store && left.Count > 0; s++)
        {
            IReadOnlyList<SecretDescribeResult> before = await DescribeInAsync(s, [.. left.Select(item => item.Address)], cancellationToken).ConfigureAwait(false);
            left = [.. left.Where((_, i) => before[i].Status != SecretReadStatus.Found)];
        }

        return [.. left.Select(item => _tag.Add(store, item))];
    }
}
