using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>Writes, deletions, destructions. A secret is made first and gets its value as a version of it second.</summary>
internal sealed class GoogleWrites(GoogleClient client, NativeNames names, GoogleErrors errors, GoogleSecretManagerOptions options, int maxValueBytes) : INativeWrites
{
    private const int Attempts = 4;

    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        string native = names.ToNative(write.Address, errors.StoreName);
        byte[] payload = Payload(write);
        // Refused before anything is called.
        NativeSecret wanted = GoogleProperties.ToNative(write.Properties, null, options.DeleteExpired, errors);
        try
        {
            (NativeSecret? secret, bool isNew) = write.Condition.IfAbsent
                ? (await CreateAsync(native, wanted, cancellationToken).ConfigureAwait(false), true)
                : await MakeReadyAsync(native, write, wanted, cancellationToken).ConfigureAwait(false);
            NativeVersion version;
            try
            {
                version = await client.AddVersionAsync(native, payload, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (isNew)
            {
                // A secret without a value would keep the name taken. Only as it was made: with another's change, its etag is another.
                await client.DeleteSecretAsync(native, secret?.Etag, CancellationToken.None).ConfigureAwait(false);
                throw;
            }

            SecretProperties stored = secret is null ? write.Properties : GoogleProperties.Of(write.Address, null, SecretVersionState.Current, secret);
            return stored with
            {
                Version = GoogleProperties.VersionOf(GoogleProperties.LastPart(version.Name), secret), State = SecretVersionState.Current, KeyNames = null, DeletedOn = null,
                UpdatedOn = version.CreateTime ?? options.TimeProvider.GetUtcNow(),
            };
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "write", write.Condition.IfAbsent ? "secrets.create and secretmanager.versions.add" : "versions.add", write.Address, sentValues: true);
        }
    }

    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        string native = names.ToNative(delete.Address, errors.StoreName);
        errors.CheckDeletion(delete);
        try
        {
            if (delete.Version is { } version)
                await DestroyAsync(native, delete.Address, version, cancellationToken).ConfigureAwait(false);
            else
                await client.DeleteSecretAsync(native, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "delete", delete.Version is null ? "secrets.delete" : "versions.destroy", delete.Address);
        }
    }

    /// <summary>Lets a version be read, or not.</summary>
    public async ValueTask SwitchAsync(SecretAddress address, SecretVersion version, bool isEnabled, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string doing = isEnabled ? "enable a version of" : "disable a version of";
        string native = names.ToNative(address, errors.StoreName);
        try
        {
            string number = await NumberAsync(native, address, version, doing, cancellationToken).ConfigureAwait(false);
            await (isEnabled ? client.EnableVersionAsync(native, number, cancellationToken) : client.DisableVersionAsync(native, number, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, doing, isEnabled ? "versions.enable" : "versions.disable", address);
        }
    }

    private Task<NativeSecret> CreateAsync(string native, NativeSecret wanted, CancellationToken cancellationToken) =>
        client.CreateSecretAsync(native, wanted with { Replication = Replication() }, cancellationToken);

    /// <summary>A secret with the properties wanted, made or changed. Null for a credential that may write values but not look.</summary>
    private async Task<(NativeSecret? Secret, bool IsNew)> MakeReadyAsync(string native, SecretWrite write, NativeSecret wanted, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                NativeSecret there = await client.GetSecretAsync(native, cancellationToken).ConfigureAwait(false);
                NativeSecret changed = GoogleProperties.ToNative(write.Properties, there, options.DeleteExpired, errors);
                if (GoogleProperties.Same(there, changed) && there.ExpireTime == changed.ExpireTime)
                    return (there, false);
                string mask = options.DeleteExpired || there.ExpireTime is not null ? "labels,annotations,expire_time" : "labels,annotations";
                // With its etag, so that a change by somebody else in between is seen and not undone.
                return (await client.PatchSecretAsync(native, changed with { Name = there.Name, Etag = there.Etag }, mask, cancellationToken).ConfigureAwait(false), false);
            }
            catch (GoogleFault fault) when (fault.Word is "PERMISSION_DENIED" && attempt == 1)
            {
                return (null, false);
            }
            catch (GoogleFault fault) when (fault.Word is "NOT_FOUND")
            {
                try
                {
                    return (await CreateAsync(native, wanted, cancellationToken).ConfigureAwait(false), true);
                }
                catch (GoogleFault taken) when (taken.Word is "ALREADY_EXISTS" && attempt < Attempts)
                {
                    // Made by somebody else just now; theirs is the one to change.
                }
            }
            catch (GoogleFault fault) when (fault.Word is "FAILED_PRECONDITION" or "ABORTED" && attempt < Attempts)
            {
                // Changed by somebody else just now: look again.
            }
        }
    }

    private async Task DestroyAsync(string native, SecretAddress address, SecretVersion version, CancellationToken cancellationToken)
    {
        string number = await NumberAsync(native, address, version, "destroy a version of", cancellationToken).ConfigureAwait(false);
        NativeVersion latest = await client.GetVersionAsync(native, "latest", cancellationToken).ConfigureAwait(false);
        if (GoogleProperties.LastPart(latest.Name) == number)
            throw errors.Make(SecretErrorCode.InvalidArgument, "current-version", "destroy a version of", address, $"Version {version} is the current one. Write another first, or delete the secret.");
        try
        {
            await client.DestroyVersionAsync(native, number, cancellationToken).ConfigureAwait(false);
        }
        catch (GoogleFault fault) when (fault.Word == "FAILED_PRECONDITION" && fault.Message.Contains("DESTROYED", StringComparison.Ordinal))
        {
            // Gone already, which is what was asked for.
        }
    }

    private async Task<string> NumberAsync(string native, SecretAddress address, SecretVersion version, string doing, CancellationToken cancellationToken)
    {
        string number = GoogleProperties.NumberOf(version);
        return number == version.Value || !GoogleProperties.IsOfAnother(version, await client.GetSecretAsync(native, cancellationToken).ConfigureAwait(false))
            ? number
            : throw errors.Make(SecretErrorCode.NotFound, "version", doing, address, "The version is of a secret that was deleted; another one has its name now.");
    }

    private NativeReplication? Replication() =>
        options.Location is not null ? null
        : options.ReplicaLocations.Count == 0 ? new NativeReplication(new NativeAutomatic(), null)
        : new NativeReplication(null, new NativeReplicas([.. options.ReplicaLocations.Select(location => new NativeReplica(location))]));

    private byte[] Payload(SecretWrite write)
    {
        byte[] payload = PairsText.Write(write.Values, textOnly: false);
        errors.CheckSize(payload.Length, maxValueBytes, write.Address);
        return payload;
    }
}
