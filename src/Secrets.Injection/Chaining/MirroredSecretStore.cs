using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// Writes to two stores and reads from the second what the first fails on or lacks. What comes from the second is marked degraded and never
/// kept as the truth. A write counts once the first has it; a mirror that falls behind is logged, and caught up by the next write.
/// </summary>
internal sealed class MirroredSecretStore : DelegatingSecretStore
{
    private readonly ISecretStore _mirror;
    private readonly VersionTag _tag;
    private readonly ILogger _log;

    internal MirroredSecretStore(ISecretStore primary, ISecretStore mirror, ILogger log)
        : base(primary)
    {
        if (!mirror.Capabilities.Has(SecretStoreFeatures.Write | SecretStoreFeatures.Delete))
            throw SecretException.Unsupported(mirror, SecretStoreFeatures.Write | SecretStoreFeatures.Delete);
        if (string.Equals(primary.Name, mirror.Name, StringComparison.Ordinal))
            throw ClientErrors.Invalid("store-names", $"Both stores of the mirror have the name '{mirror.Name}'. Give each its own: versions and errors are told apart by it.");
        _mirror = mirror;
        _log = log;
        _tag = new VersionTag([primary.Name, mirror.Name]);
        SecretStoreFeatures features = mirror.Capabilities.Has(SecretStoreFeatures.Binary) ? primary.Capabilities.Features : primary.Capabilities.Features & ~SecretStoreFeatures.Binary;
        Capabilities = primary.Capabilities with
        {
            Features = features,
            MaxValueBytes = Math.Min(primary.Capabilities.MaxValueBytes, mirror.Capabilities.MaxValueBytes),
            MaxNameLength = Math.Min(primary.Capabilities.MaxNameLength, mirror.Capabilities.MaxNameLength),
        };
    }

    public override string Name => $"{Inner.Name} (mirrored to {_mirror.Name})";

    public override SecretStoreCapabilities Capabilities { get; }

    public override async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        SecretReadResult[] results = [.. await AskAsync(Inner, [.. reads.Select(read => _tag.For(0, read))], cancellationToken).ConfigureAwait(false)];
        int[] open = [.. Enumerable.Range(0, results.Length).Where(i => results[i].Status is SecretReadStatus.Failed or SecretReadStatus.NotFound || IsOfMirror(reads[i]))];
        if (open.Length == 0) return results;
        IReadOnlyList<SecretReadResult> mirrored = await AskAsync(_mirror, [.. open.Select(i => _tag.For(1, reads[i]))], cancellationToken).ConfigureAwait(false);
        for (int a = 0; a < open.Length; a++)
        {
            if (mirrored[a].Secret is { } secret)
                results[open[a]] = new SecretReadResult(SecretReadStatus.Found, _tag.Add(1, secret), results[open[a]].Error) { IsDegraded = true };
        }

        return results;
    }

    public override async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        SecretDescribeResult[] results;
        try
        {
            results = [.. await Inner.DescribeAsync(addresses, cancellationToken).ConfigureAwait(false)];
        }
        catch (SecretException error)
        {
            results = [.. addresses.Select(_ => SecretDescribeResult.From(error))];
        }

        int[] open = [.. Enumerable.Range(0, results.Length).Where(i => results[i].Status is SecretReadStatus.Failed or SecretReadStatus.NotFound)];
        if (open.Length == 0 || !_mirror.Capabilities.Has(SecretStoreFeatures.Describe)) return results;
        try
        {
            IReadOnlyList<SecretDescribeResult> mirrored = await _mirror.DescribeAsync([.. open.Select(i => addresses[i])], cancellationToken).ConfigureAwait(false);
            for (int a = 0; a < open.Length; a++)
            {
                if (mirrored[a].Properties is { } properties) results[open[a]] = SecretDescribeResult.Found(_tag.Add(1, properties));
            }
        }
        catch (SecretException)
        {
            // The first store's own answers stand; the mirror could only have added to them.
        }

        return results;
    }

    public override async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        // What only the mirror has is at no version of the first store: there it has to be new.
        if (write.Condition.IfVersion is { } expected && _tag.Remove(expected).Store == 1) write = write with { Condition = SecretCondition.Absent };
        if (write is { MoveFrom: { } source, MoveFromVersion: { } version } && _tag.Remove(version).Store == 1)
            throw ClientErrors.Conflict("move", source, $"only the mirror '{_mirror.Name}' has it; restore it to '{Inner.Name}' first.", Name);
        SecretProperties stored = await Inner.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        if (write.Pending) return stored;
        await CatchUpAsync(() => PutAsync(stored, write.Values)).ConfigureAwait(false);
        if (write.MoveFrom is { } moved) await CatchUpAsync(() => RemoveAsync(moved)).ConfigureAwait(false);
        return stored;
    }

    public override async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        SecretProperties promoted = await Inner.PromoteAsync(promotion, cancellationToken).ConfigureAwait(false);
        await CatchUpAsync(() => CopyAsync(promotion.Address)).ConfigureAwait(false);
        return promoted;
    }

    public override async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        await Inner.DeleteAsync(delete, cancellationToken).ConfigureAwait(false);
        // Left in the mirror, a deleted secret would come back with the next read.
        if (delete.Version is null) await CatchUpAsync(() => RemoveAsync(delete.Address)).ConfigureAwait(false);
    }

    public override async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        SecretProperties recovered = await Inner.RecoverAsync(address, cancellationToken).ConfigureAwait(false);
        await CatchUpAsync(() => CopyAsync(address)).ConfigureAwait(false);
        return recovered;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        await _mirror.DisposeAsync().ConfigureAwait(false);
    }

    private bool IsOfMirror(SecretRead read) => read.Version is { } version && _tag.Remove(version).Store == 1;

    private static async ValueTask<IReadOnlyList<SecretReadResult>> AskAsync(ISecretStore store, SecretRead[] reads, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            return [.. reads.Select(_ => SecretReadResult.From(error))];
        }
    }

    private async ValueTask CopyAsync(SecretAddress address)
    {
        SecretReadResult current = (await Inner.ReadAsync([new SecretRead(address)], CancellationToken.None).ConfigureAwait(false))[0];
        if (current.Secret is { } secret) await PutAsync(secret.Properties, secret.Values).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(SecretProperties properties, IReadOnlyDictionary<string, SecretValue> values) =>
        await _mirror.WriteAsync(new SecretWrite(properties, values), CancellationToken.None).ConfigureAwait(false);

    private async ValueTask RemoveAsync(SecretAddress address)
    {
        try
        {
            await _mirror.DeleteAsync(new SecretDelete(address) { Purge = _mirror.Capabilities.Has(SecretStoreFeatures.SoftDelete) }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SecretException error) when (error.Code == SecretErrorCode.NotFound)
        {
            // What was wanted.
        }
    }

    private async ValueTask CatchUpAsync(Func<ValueTask> change)
    {
        try
        {
            await change().ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            // The first store has the write, so it has happened; to report failure would invite the caller to do it again.
            ClientLog.MirrorBehind(_log, _mirror.Name, Inner.Name, error.Code);
        }
    }
}
