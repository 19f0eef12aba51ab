using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>Values, side by side because the service has no batch call, and what is known without values.</summary>
internal sealed class GoogleReads(GoogleClient client, NativeNames names, GoogleErrors errors, SideBySide calls, GoogleDescriptions? descriptions) : INativeReads
{
    /// <summary>
    /// How many reads are worth giving at once, where properties are asked for by the page. A page would take more, but values come one to a
    /// call, and what is given together is waited for together.
    /// </summary>
    public const int MaxTogether = 25;

    private const string Latest = "latest";

    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        // One request per secret and version, however often it was asked for.
        List<SecretRead> distinct = [.. reads.Select(read => read with { UnlessVersion = null }).Distinct()];
        Entry[] entries = await calls.RunAsync(distinct, AccessAsync, cancellationToken).ConfigureAwait(false);
        Entry[] found = [.. entries.Where(entry => entry.Number is not null)];
        if (descriptions is not null && found.Length > 0)
        {
            (NativeSecret? Description, SecretException? Error)[] described = await descriptions.OfAsync(
                [.. found.Select(entry => new NativeValue(entry.Native!, entry.Number!, entry.Read.Address))], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < found.Length; i++)
                (found[i].Secret, found[i].Error) = described[i];
        }

        Dictionary<SecretRead, Entry> byRead = entries.ToDictionary(entry => entry.Read);
        return [.. reads.Select(read => ResultOf(read, byRead[read with { UnlessVersion = null }]))];
    }

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        return await calls.RunAsync(addresses, DescribeOneAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Entry> AccessAsync(SecretRead read, CancellationToken cancellationToken)
    {
        try
        {
            string native = names.ToNative(read.Address, errors.StoreName);
            AccessResponse answer = await client.AccessVersionAsync(native, read.Version is { } asked ? GoogleProperties.NumberOf(asked) : Latest, cancellationToken).ConfigureAwait(false);
            byte[] data = answer.Payload?.Data ?? [];
            if (answer.Payload?.DataCrc32c is { } checksum && checksum != Crc32C.Of(data))
                throw errors.Make(SecretErrorCode.Corrupted, "checksum", "read", read.Address, "The value does not have the checksum that Google keeps of it. Read it again; if that stays, restore it.");
            // An alias is answered with the number that it stands for.
            return new Entry(read) { Native = native, Number = GoogleProperties.LastPart(answer.Name), Values = PairsText.Read(data) };
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "read", "versions.access", read.Address);
            // A name that the service cannot hold, and a version that is none, are not there.
            bool missing = error.Code == SecretErrorCode.InvalidArgument && error.Reason != GoogleErrors.WrongLocation && (fault is SecretException || read.Version is not null);
            return new Entry(read) { Error = error, IsMissing = missing };
        }
    }

    private SecretReadResult ResultOf(SecretRead read, Entry entry)
    {
        if (entry.Error is { } error)
            return new SecretReadResult(entry.IsMissing ? SecretReadStatus.NotFound : errors.StatusOf(error), Error: error);
        if (read.Version is { } wanted && GoogleProperties.IsOfAnother(wanted, entry.Secret))
            return SecretReadResult.NotFound;
        if (read.UnlessVersion == GoogleProperties.VersionOf(entry.Number!, entry.Secret))
            return SecretReadResult.NotModified;
        SecretVersionState state = read.Version is null ? SecretVersionState.Current : SecretVersionState.Previous;
        SecretProperties properties = entry.Secret is { } secret
            ? GoogleProperties.Of(read.Address, entry.Number, state, secret)
            : new SecretProperties(read.Address, new SecretVersion(entry.Number!)) { State = state };
        return SecretReadResult.Found(new Secret(properties, entry.Values!));
    }

    private async Task<SecretDescribeResult> DescribeOneAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            string native = names.ToNative(address, errors.StoreName);
            NativeVersion version = await client.GetVersionAsync(native, Latest, cancellationToken).ConfigureAwait(false);
            SecretVersionState state = GoogleProperties.StateOf(version, isNewest: true);
            return state == SecretVersionState.Destroyed
                ? SecretDescribeResult.NotFound
                : SecretDescribeResult.Found(GoogleProperties.Of(
                    address, GoogleProperties.LastPart(version.Name), state, await client.GetSecretAsync(native, cancellationToken).ConfigureAwait(false)) with { UpdatedOn = version.CreateTime ?? default });
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "describe", "versions.get and secretmanager.secrets.get", address);
            return new SecretDescribeResult(fault is SecretException ? SecretReadStatus.NotFound : errors.StatusOf(error), Error: error);
        }
    }

    private sealed class Entry(SecretRead read)
    {
        public SecretRead Read => read;

        public string? Native { get; init; }

        public string? Number { get; init; }

        public SecretValues? Values { get; init; }

        public bool IsMissing { get; init; }

        public NativeSecret? Secret { get; set; }

        public SecretException? Error { get; set; }
    }
}
