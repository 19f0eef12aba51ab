using Azure;
using Azure.Security.KeyVault.Secrets;
using Native = Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Values, side by side because the service has no batch call, and what is known without values.</summary>
internal sealed class AzureReads(SecretClient client, AzureNames names, AzureVersions versions, AzureErrors errors, SideBySide calls) : INativeReads
{
    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        // One request per secret and version, however often it was asked for.
        List<SecretRead> distinct = [.. reads.Select(read => read with { UnlessVersion = null }).Distinct()];
        SecretReadResult[] answers = await calls.RunAsync(distinct, ReadOneAsync, cancellationToken).ConfigureAwait(false);
        Dictionary<SecretRead, SecretReadResult> byRead = distinct.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. reads.Select(read => byRead[read with { UnlessVersion = null }] is var answer && answer.Secret is { } secret && read.UnlessVersion == secret.Version ? SecretReadResult.NotModified : answer)];
    }

    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        return await calls.RunAsync(addresses, DescribeOneAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SecretReadResult> ReadOneAsync(SecretRead read, CancellationToken cancellationToken)
    {
        try
        {
            string native = names.ToNative(read.Address, errors.StoreName);
            string? version = read.Version?.Value;
            try
            {
                return Found(read, (await client.GetSecretAsync(native, version, cancellationToken).ConfigureAwait(false)).Value);
            }
            catch (RequestFailedException missing) when (missing.Status == 404 && names.Existing(read.Address) is not null)
            {
                string existing = names.Existing(read.Address)!;
                KeyVaultSecret theirs = (await client.GetSecretAsync(existing, version, cancellationToken).ConfigureAwait(false)).Value;
                return AzureVersions.IsExactly(theirs.Properties, existing) ? Found(read, theirs) : SecretReadResult.NotFound;
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "read", "get", read.Address);
            // A name that the service cannot hold, and a version that is none, are not there.
            bool missing = fault is SecretException || (read.Version is not null && error.Code == SecretErrorCode.InvalidArgument);
            return new SecretReadResult(missing ? SecretReadStatus.NotFound : errors.StatusOf(error), Error: error);
        }
    }

    private static SecretReadResult Found(SecretRead read, KeyVaultSecret secret)
    {
        // Without a version the service gives the newest one. With one it does not say which that is: the caller asked for it by its name.
        SecretVersionState state = read.Version is null ? SecretVersionState.Current : SecretVersionState.Previous;
        return SecretReadResult.Found(new Secret(
            AzureProperties.Of(read.Address, secret.Properties, state), PairsText.Read(System.Text.Encoding.UTF8.GetBytes(secret.Value ?? ""))));
    }

    private async Task<SecretDescribeResult> DescribeOneAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            (_, List<Native.SecretProperties> found) = await versions.FindAsync(address, cancellationToken).ConfigureAwait(false);
            return found.Count == 0 ? SecretDescribeResult.NotFound : SecretDescribeResult.Found(AzureProperties.Of(address, found[0], SecretVersionState.Current));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "describe", "readMetadata", address);
            return new SecretDescribeResult(fault is SecretException ? SecretReadStatus.NotFound : errors.StatusOf(error), Error: error);
        }
    }
}
