using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>Values, side by side because the service has no batch call, and what is known without values.</summary>
internal sealed class GoogleReads(GoogleClient client, NativeNames names, GoogleErrors errors, GoogleSecretManagerOptions options) : INativeReads
{
    private const string Latest = "latest";

    // Set once, when the credential turns out not to see properties: asking again at every read would fill the project's audit log with denials.
    private volatile bool _describeDenied;

    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        // One request per secret and version, however often it was asked for.
        List<SecretRead> distinct = [.. reads.Distinct()];
        SecretReadResult[] answers = await SideBySide.RunAsync(distinct, options.MaxConcurrency, ReadOneAsync, cancellationToken).ConfigureAwait(false);
        Dictionary<SecretRead, SecretReadResult> byRead = distinct.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. reads.Select(read => byRead[read])];
    }

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        return await SideBySide.RunAsync(addresses, options.MaxConcurrency, DescribeOneAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SecretReadResult> ReadOneAsync(SecretRead read, CancellationToken cancellationToken)
    {
        try
        {
            string native = names.ToNative(read.Address, errors.StoreName);
            AccessResponse answer = await client.AccessVersionAsync(native, read.Version is { } asked ? GoogleProperties.NumberOf(asked) : Latest, cancellationToken).ConfigureAwait(false);
            // An alias is answered with the number that it stands for.
            string number = GoogleProperties.LastPart(answer.Name);
            byte[] data = answer.Payload?.Data ?? [];
            if (answer.Payload?.DataCrc32c is { } checksum && checksum != Crc32C.Of(data))
                throw errors.Make(SecretErrorCode.Corrupted, "checksum", "read", read.Address, "The value does not have the checksum that Google keeps of it. Read it again; if that stays, restore it.");
            NativeSecret? secret = await PropertiesAsync(native, read.Address, cancellationToken).ConfigureAwait(false);
            if (read.Version is { } wanted && GoogleProperties.IsOfAnother(wanted, secret))
                return SecretReadResult.NotFound;
            if (read.UnlessVersion == GoogleProperties.VersionOf(number, secret))
                return SecretReadResult.NotModified;
            SecretVersionState state = read.Version is null ? SecretVersionState.Current : SecretVersionState.Previous;
            SecretProperties properties = secret is not null
                ? GoogleProperties.Of(read.Address, number, state, secret)
                : new SecretProperties(read.Address, new SecretVersion(number)) { State = state };
            return SecretReadResult.Found(new Secret(properties, PairsText.Read(data)));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "read", "versions.access", read.Address);
            // A name that the service cannot hold, and a version that is none, are not there.
            bool missing = error.Code == SecretErrorCode.InvalidArgument && error.Reason != GoogleErrors.WrongLocation && (fault is SecretException || read.Version is not null);
            return new SecretReadResult(missing ? SecretReadStatus.NotFound : errors.StatusOf(error), Error: error);
        }
    }

    private async Task<NativeSecret?> PropertiesAsync(string native, SecretAddress address, CancellationToken cancellationToken)
    {
        if (!options.ReadProperties || _describeDenied)
            return null;
        try
        {
            return await client.GetSecretAsync(native, cancellationToken).ConfigureAwait(false);
        }
        catch (GoogleFault fault) when (errors.From(fault, "describe", "secrets.get", address).Code == SecretErrorCode.Denied)
        {
            _describeDenied = true;
            return null;
        }
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
}
