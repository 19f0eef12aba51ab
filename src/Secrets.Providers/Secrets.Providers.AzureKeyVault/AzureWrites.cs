using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Native = Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Writes, deletions and recoveries. The service has no conditions.</summary>
internal sealed class AzureWrites(SecretClient client, AzureNames names, AzureVersions versions, AzureErrors errors, TimeProvider time, int maxValueBytes) : INativeWrites
{
    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        string native = names.ToNative(write.Address, errors.StoreName);
        string value = Payload(write);
        DateTimeOffset now = time.GetUtcNow();
        // Refused before anything is called.
        KeyVaultSecret secret = new(native, value);
        AzureProperties.Apply(write.Properties, write.Properties.Id, write.Properties.CreatedOn, now, secret.Properties, errors);
        try
        {
            DateTimeOffset? created = write.Properties.CreatedOn;
            Guid id = write.Properties.Id;
            if (created == default(DateTimeOffset) || id == Guid.Empty || names.Existing(write.Address) is not null)
            {
                (native, created, id) = await KeptAsync(write, now, cancellationToken).ConfigureAwait(false);
                secret = new KeyVaultSecret(native, value);
                AzureProperties.Apply(write.Properties, id, created, now, secret.Properties, errors);
            }

            KeyVaultSecret written = (await client.SetSecretAsync(secret, cancellationToken).ConfigureAwait(false)).Value;
            return AzureProperties.Of(write.Address, written.Properties, SecretVersionState.Current);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "write", "set", write.Address, sentValues: true);
        }
    }

    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        errors.CheckDeletion(delete);
        try
        {
            string native = await NativeAsync(delete.Address, cancellationToken).ConfigureAwait(false);
            try
            {
                DeleteSecretOperation deletion = await client.StartDeleteSecretAsync(native, cancellationToken).ConfigureAwait(false);
                // Until the vault has finished, the secret can be neither recovered nor purged.
                await deletion.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException missing) when (missing.Status == 404 && delete.Purge)
            {
                // Nothing live; there may be something that was deleted before, and purging says if not.
            }

            if (delete.Purge)
                await client.PurgeDeletedSecretAsync(native, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, delete.Purge ? "purge" : "delete", delete.Purge ? "purge" : "delete", delete.Address);
        }
    }

    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            string native = await RecoverableAsync(address, cancellationToken).ConfigureAwait(false);
            RecoverDeletedSecretOperation recovery = await client.StartRecoverDeletedSecretAsync(native, cancellationToken).ConfigureAwait(false);
            Native.SecretProperties recovered = (await recovery.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false)).Value;
            return AzureProperties.Of(address, recovered, SecretVersionState.Current);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "recover", "recover", address);
        }
    }

    // Only a name with capitals can mean a secret that somebody else named; for all others there is nothing to find out.
    private async Task<string> NativeAsync(SecretAddress address, CancellationToken cancellationToken) => names.Existing(address) is null
        ? names.ToNative(address, errors.StoreName)
        : (await versions.FindAsync(address, cancellationToken).ConfigureAwait(false)).Native;

    private async Task<string> RecoverableAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        string native = names.ToNative(address, errors.StoreName);
        if (names.Existing(address) is not { } existing)
            return native;
        try
        {
            await client.GetDeletedSecretAsync(native, cancellationToken).ConfigureAwait(false);
            return native;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            DeletedSecret theirs = (await client.GetDeletedSecretAsync(existing, cancellationToken).ConfigureAwait(false)).Value;
            return AzureVersions.IsExactly(theirs.Properties, existing) ? existing : native;
        }
    }

    /// <summary>What a new version takes over from the ones before: creation time and id, which the service keeps per version only.</summary>
    private async Task<(string Native, DateTimeOffset? CreatedOn, Guid Id)> KeptAsync(SecretWrite write, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? given = write.Properties.CreatedOn == default ? null : write.Properties.CreatedOn;
        try
        {
            (string native, List<Native.SecretProperties> before) = await versions.FindAsync(write.Address, cancellationToken).ConfigureAwait(false);
            Guid id = write.Properties.Id != Guid.Empty ? write.Properties.Id : before.Select(AzureProperties.KeptId).FirstOrDefault(one => one != Guid.Empty);
            return (native, given ?? (before.Count == 0 ? now : before.Select(AzureProperties.KeptCreatedOn).FirstOrDefault(one => one is not null)), id);
        }
        catch (RequestFailedException denied) when (denied.Status == 403)
        {
            // May write, may not look: the value is what matters.
            return (names.ToNative(write.Address, errors.StoreName), given, write.Properties.Id);
        }
    }

    private string Payload(SecretWrite write)
    {
        byte[] payload = PairsText.Write(write.Values, textOnly: true);
        if (payload.Length == 0)
            payload = "{\"value\":\"\"}"u8.ToArray();
        errors.CheckSize(payload.Length, maxValueBytes, write.Address);
        return Encoding.UTF8.GetString(payload);
    }
}
