using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>Values, twenty to a call where the service allows it, and what is known without values.</summary>
internal sealed class AwsReads(AwsClient client, NativeNames names, AwsErrors errors, SideBySide calls, AwsDescriptions? descriptions) : INativeReads
{
    /// <summary>How many reads are worth giving at once: as many as one page of properties describes.</summary>
    public const int MaxTogether = 100;

    private const int MaxBatch = 20;

    // Set once, when the credential turns out not to read batches: asking again at every read would fill the account's audit trail with denials.
    private volatile bool _batchDenied;

    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        SecretReadResult[] results = new SecretReadResult[reads.Count];
        // One request per secret and version, however often it was asked for.
        Dictionary<(string Native, string? Version), List<int>> wanted = [];
        for (int i = 0; i < reads.Count; i++)
        {
            try
            {
                (string, string?) key = (names.ToNative(reads[i].Address, errors.StoreName), reads[i].Version?.Value);
                if (!wanted.TryGetValue(key, out List<int>? places))
                    wanted[key] = places = [];
                places.Add(i);
            }
            catch (SecretException refused)
            {
                // A name that the service cannot hold is not there.
                results[i] = new SecretReadResult(SecretReadStatus.NotFound, Error: refused);
            }
        }

        List<string> current = [.. wanted.Keys.Where(key => key.Version is null).Select(key => key.Native)];
        List<(string Native, string? Version)> single = [.. wanted.Keys.Where(key => key.Version is not null)];
        List<string[]> batches = [];
        if (current.Count == 1 || _batchDenied)
            single.AddRange(current.Select(native => (native, (string?)null)));
        else
            batches.AddRange(current.Chunk(MaxBatch));

        List<Func<CancellationToken, Task<IReadOnlyList<Entry>>>> native =
        [
            .. batches.Select(batch => (Func<CancellationToken, Task<IReadOnlyList<Entry>>>)(token => BatchAsync(batch, reads, wanted, token))),
            .. single.Select(one => (Func<CancellationToken, Task<IReadOnlyList<Entry>>>)(token => SingleAsync(one.Native, one.Version, reads[wanted[one][0]].Address, token))),
        ];
        IReadOnlyList<Entry>[] answers = await calls.RunAsync(native, (call, token) => call(token), cancellationToken).ConfigureAwait(false);
        Entry[] entries = [.. answers.SelectMany(answer => answer)];
        await DescribeAsync(entries, reads, wanted, cancellationToken).ConfigureAwait(false);
        foreach (Entry entry in entries)
        {
            foreach (int place in wanted[(entry.Native, entry.Version)])
                results[place] = ResultOf(reads[place], entry);
        }

        return results;
    }

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        return await calls.RunAsync(addresses, DescribeOneAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SecretDescribeResult> DescribeOneAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            NativeSecret secret = await client.DescribeSecretAsync(new SecretIdRequest(names.ToNative(address, errors.StoreName)), cancellationToken).ConfigureAwait(false);
            return secret.DeletedDate is null && AwsProperties.CurrentOf(secret) is { } version
                ? SecretDescribeResult.Found(AwsProperties.Of(address, version, SecretVersionState.Current, secret))
                : SecretDescribeResult.NotFound;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (fault is SecretException refused)
                return new SecretDescribeResult(SecretReadStatus.NotFound, Error: refused);
            SecretException error = errors.From(fault, "describe", "DescribeSecret", address);
            return new SecretDescribeResult(errors.StatusOf(error), Error: error);
        }
    }

    private async Task<IReadOnlyList<Entry>> BatchAsync(
        string[] batch, IReadOnlyList<SecretRead> reads, Dictionary<(string, string?), List<int>> wanted, CancellationToken cancellationToken)
    {
        SecretAddress AddressOf(string native) => reads[wanted[(native, null)][0]].Address;
        Dictionary<string, Entry> found = new(StringComparer.Ordinal);
        try
        {
            string? token = null;
            do
            {
                // A page ends where the service's limit on an answer's size is reached.
                BatchGetSecretValueResponse page = await client.BatchGetSecretValueAsync(new BatchGetSecretValueRequest(batch, token), cancellationToken).ConfigureAwait(false);
                foreach (NativeSecretValue value in page.SecretValues ?? [])
                    found[value.Name] = new Entry(value.Name, null, value);
                foreach (BatchEntryError error in page.Errors ?? [])
                {
                    if (Array.IndexOf(batch, error.SecretId) >= 0)
                        found[error.SecretId] = new Entry(error.SecretId, null, null, errors.FromEntry(error, AddressOf(error.SecretId)));
                }

                token = page.NextToken;
            }
            while (token is not null);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "read", "BatchGetSecretValue", null);
            if (error.Code == SecretErrorCode.Denied)
            {
                // Rights to read secrets without the right to read batches: one by one.
                _batchDenied = true;
                List<Entry> each = [];
                foreach (string native in batch)
                    each.AddRange(await SingleAsync(native, null, AddressOf(native), cancellationToken).ConfigureAwait(false));
                return each;
            }

            return [.. batch.Select(native => new Entry(native, null, null, errors.From(fault, "read", "BatchGetSecretValue", AddressOf(native))))];
        }

        return [.. batch.Select(native => found.TryGetValue(native, out Entry? entry) ? entry : new Entry(native, null))];
    }

    private async Task<IReadOnlyList<Entry>> SingleAsync(string native, string? version, SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            NativeSecretValue value = await client.GetSecretValueAsync(new GetSecretValueRequest(native, version), cancellationToken).ConfigureAwait(false);
            return [new Entry(native, version, value)];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "read", "GetSecretValue", address);
            // A version that is no version id breaks the service's rule for them; it is not there.
            bool noVersion = version is not null && error is { Code: SecretErrorCode.InvalidArgument };
            return [new Entry(native, version, null, noVersion ? null : error)];
        }
    }

    /// <summary>Adds the properties that the service keeps apart from the values, for those that changed.</summary>
    private async Task DescribeAsync(Entry[] entries, IReadOnlyList<SecretRead> reads, Dictionary<(string, string?), List<int>> wanted, CancellationToken cancellationToken)
    {
        int[] changed = descriptions is null ? [] : [.. Enumerable.Range(0, entries.Length).Where(i =>
            entries[i].Value is { } value && !wanted[(entries[i].Native, entries[i].Version)].TrueForAll(place => reads[place].UnlessVersion?.Value == value.VersionId))];
        if (changed.Length == 0)
            return;
        (NativeSecret? Description, SecretException? Error)[] described = await descriptions!.OfAsync(
            [.. changed.Select(i => new NativeValue(entries[i].Native, entries[i].Value!.VersionId, reads[wanted[(entries[i].Native, entries[i].Version)][0]].Address))], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < changed.Length; i++)
        {
            Entry entry = entries[changed[i]];
            entries[changed[i]] = described[i].Error is { } error ? entry with { Value = null, Error = error } : entry with { Described = described[i].Description };
        }
    }

    private SecretReadResult ResultOf(SecretRead read, Entry entry)
    {
        if (entry.Error is { } error)
            return new SecretReadResult(errors.StatusOf(error), Error: error);
        if (entry.Value is not { } value)
            return SecretReadResult.NotFound;
        if (read.UnlessVersion?.Value == value.VersionId)
            return SecretReadResult.NotModified;
        SecretVersionState state = AwsProperties.StateOf(value.VersionStages);
        SecretProperties properties = entry.Described is { } described
            ? AwsProperties.Of(read.Address, value.VersionId, state, described)
            : new SecretProperties(read.Address, new SecretVersion(value.VersionId)) { State = state };
        byte[] bytes = (value.SecretBinary?.Value ?? value.SecretString?.Value ?? SecretValue.Empty).RevealBytes();
        return SecretReadResult.Found(new Secret(properties with { UpdatedOn = AwsProperties.Instant(value.CreatedDate) }, PairsText.Read(bytes)));
    }

    private sealed record Entry(string Native, string? Version, NativeSecretValue? Value = null, SecretException? Error = null, NativeSecret? Described = null);
}
