using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>Writes, promotions, deletions. Every value that is written carries a token of its own, so that the SDK's retries write it once.</summary>
internal sealed class AwsWrites(AwsClient client, NativeNames names, AwsErrors errors, AwsSecretsManagerOptions options, int maxValueBytes) : INativeWrites
{
    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        string native = names.ToNative(write.Address, errors.StoreName);
        if (write.Condition is { IfAbsent: true, IfVersion: not null })
            throw errors.Make(SecretErrorCode.InvalidArgument, "condition", "write", write.Address, "It cannot be absent and at a version at once.");
        SecretValue payload = Payload(write);
        // Refused before anything is called, tags included.
        List<NativeTag> tags = AwsProperties.TagsOf(write.Properties, null, errors);
        try
        {
            if (write.Condition.IfAbsent && !write.Pending)
                return await CreateAsync(native, write, payload, tags, cancellationToken).ConfigureAwait(false);
            NativeSecret? there = await TryDescribeAsync(native, cancellationToken).ConfigureAwait(false);
            CheckCondition(write.Address, write.Condition, there, "write");
            if (there is null)
                return await CreateAsync(native, write, payload, tags, cancellationToken).ConfigureAwait(false);
            return await AddVersionAsync(native, write, payload, there, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "write", write.Condition.IfAbsent ? "CreateSecret" : "PutSecretValue", write.Address, sentValues: true);
            throw error is { Code: SecretErrorCode.NotFound, Reason: AwsErrors.Deleted } ? NameTaken(write.Address, write.Condition.IfAbsent) : error;
        }
    }

    public async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        string native = names.ToNative(promotion.Address, errors.StoreName);
        try
        {
            NativeSecret? secret = await TryDescribeAsync(native, cancellationToken).ConfigureAwait(false);
            CheckCondition(promotion.Address, promotion.Condition, secret, "promote");
            if (secret is null || secret.DeletedDate is not null)
                throw errors.Make(SecretErrorCode.NotFound, null, "promote a version of", promotion.Address, "There is no such secret.");
            string version = promotion.Version.Value;
            string? current = AwsProperties.CurrentOf(secret);
            if (version != current)
                await MoveCurrentAsync(native, current, version, promotion.Address, cancellationToken).ConfigureAwait(false);
            if (secret.VersionIdsToStages?.GetValueOrDefault(version)?.Contains(AwsProperties.Pending) == true)
                await client.UpdateSecretVersionStageAsync(new UpdateSecretVersionStageRequest(native, AwsProperties.Pending, version, null), cancellationToken).ConfigureAwait(false);
            return AwsProperties.Of(promotion.Address, version, SecretVersionState.Current, secret);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = errors.From(fault, "promote a version of", "UpdateSecretVersionStage", promotion.Address);
            // What is no version id breaks the service's rule for them: there is no such version.
            throw error is { Code: SecretErrorCode.InvalidArgument }
                ? errors.Make(SecretErrorCode.NotFound, "version", "promote a version of", promotion.Address, "There is no such version. List its versions.", error.InnerException)
                : error;
        }
    }

    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        string native = names.ToNative(delete.Address, errors.StoreName);
        errors.CheckDeletion(delete);
        try
        {
            if (delete.Purge || delete.Condition.IfVersion is not null)
            {
                // The service has no condition on deletion, and answers a forced one of nothing with success.
                NativeSecret? secret = await TryDescribeAsync(native, cancellationToken).ConfigureAwait(false);
                CheckVersion(delete.Address, delete.Condition.IfVersion, secret, "delete");
                if (secret is null)
                    throw errors.Make(SecretErrorCode.NotFound, null, "delete", delete.Address, "There is no such secret.");
            }

            await client.DeleteSecretAsync(
                delete.Purge ? new DeleteSecretRequest(native, null, true) : new DeleteSecretRequest(native, options.RecoveryWindowDays, null), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "delete", "DeleteSecret", delete.Address);
        }
    }

    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        string native = names.ToNative(address, errors.StoreName);
        try
        {
            NativeSecret secret = await client.DescribeSecretAsync(new SecretIdRequest(native), cancellationToken).ConfigureAwait(false);
            if (secret.DeletedDate is null)
                throw errors.Make(SecretErrorCode.NotFound, null, "recover", address, "It is not deleted; there is nothing to recover.");
            await client.RestoreSecretAsync(new SecretIdRequest(native), cancellationToken).ConfigureAwait(false);
            return AwsProperties.Of(address, AwsProperties.CurrentOf(secret) ?? "", SecretVersionState.Current, secret with { DeletedDate = null });
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "recover", "RestoreSecret", address);
        }
    }

    private async Task<SecretProperties> CreateAsync(string native, SecretWrite write, SecretValue payload, List<NativeTag> tags, CancellationToken cancellationToken)
    {
        if (write.Pending)
        {
            throw errors.Make(SecretErrorCode.InvalidArgument, "pending-first", "write", write.Address,
                "AWS makes the first version of a secret current, whatever it is asked for. Write the first one without Pending.");
        }

        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        bool keepsCreation = write.Properties.CreatedOn != default;
        if (keepsCreation)
            tags = AwsProperties.TagsOf(write.Properties, write.Properties.CreatedOn, errors);
        string version = NewVersion();
        await client.CreateSecretAsync(
            new CreateSecretRequest(native, version)
            {
                Description = write.Properties.Description,
                KmsKeyId = options.KmsKeyId,
                SecretString = payload.IsText ? new WireText(payload) : null,
                SecretBinary = payload.IsText ? null : new WireBinary(payload),
                Tags = tags.Count == 0 ? null : tags,
            },
            cancellationToken).ConfigureAwait(false);
        return Written(write, version, SecretVersionState.Current, keepsCreation ? write.Properties.CreatedOn : now, now);
    }

    private async Task<SecretProperties> AddVersionAsync(string native, SecretWrite write, SecretValue payload, NativeSecret there, CancellationToken cancellationToken)
    {
        string version = NewVersion();
        // With a condition, the new version is put aside under a label of its own (two writers never meet there) and becomes current only
        // by moving AWSCURRENT away from the version expected, which the service does atomically or not at all.
        string? expected = write.Condition.IfVersion?.Value;
        bool aside = expected is not null && !write.Pending;
        string label = write.Pending ? AwsProperties.Pending : aside ? "secrets-write-" + version : AwsProperties.Current;
        await KeepPropertiesAsync(native, write, there, cancellationToken).ConfigureAwait(false);
        await client.PutSecretValueAsync(
            new PutSecretValueRequest(native, version)
            {
                SecretString = payload.IsText ? new WireText(payload) : null,
                SecretBinary = payload.IsText ? null : new WireBinary(payload),
                VersionStages = [label],
            },
            cancellationToken).ConfigureAwait(false);
        if (aside)
        {
            try
            {
                await MoveCurrentAsync(native, expected, version, write.Address, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Moved or not, the label has done its work; a version without one is the service's to clear away.
                await client.UpdateSecretVersionStageAsync(new UpdateSecretVersionStageRequest(native, label, version, null), CancellationToken.None).ConfigureAwait(false);
            }
        }

        DateTimeOffset created = AwsProperties.KeptCreatedOn(there) ?? AwsProperties.Instant(there.CreatedDate);
        return Written(write, version, write.Pending ? SecretVersionState.Pending : SecretVersionState.Current, created, options.TimeProvider.GetUtcNow());
    }

    private async Task MoveCurrentAsync(string native, string? from, string to, SecretAddress address, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateSecretVersionStageAsync(new UpdateSecretVersionStageRequest(native, AwsProperties.Current, from, to), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsFault fault) when (fault.ErrorCode is "InvalidParameterException" or "InvalidRequestException")
        {
            // The service says "not attached to that version" in words only: look.
            NativeSecret? now = await TryDescribeAsync(native, cancellationToken).ConfigureAwait(false);
            if (now is null || AwsProperties.CurrentOf(now) == from)
                throw;
            throw Conflict(address, from is null ? null : new SecretVersion(from), "write");
        }
    }

    /// <summary>Description and tags, which belong to the secret and not to a version, are made what the write says before the value commits it.</summary>
    private async Task KeepPropertiesAsync(string native, SecretWrite write, NativeSecret there, CancellationToken cancellationToken)
    {
        List<NativeTag> tags = AwsProperties.TagsOf(
            write.Properties.Id == Guid.Empty ? write.Properties with { Id = AwsProperties.Of(write.Address, "", SecretVersionState.Current, there).Id } : write.Properties,
            AwsProperties.KeptCreatedOn(there), errors);
        List<NativeTag> had = [.. (there.Tags ?? []).Where(tag => !AwsProperties.IsVendor(tag))];
        List<NativeTag> changed = [.. tags.Except(had)];
        List<string> removed = [.. had.Select(tag => tag.Key).Except(tags.Select(tag => tag.Key), StringComparer.Ordinal)];
        string description = write.Properties.Description ?? "";
        if (description != (there.Description ?? ""))
            await client.UpdateSecretAsync(new UpdateSecretRequest(native, description), cancellationToken).ConfigureAwait(false);
        if (changed.Count > 0)
            await client.TagResourceAsync(new TagResourceRequest(native, changed), cancellationToken).ConfigureAwait(false);
        if (removed.Count > 0)
            await client.UntagResourceAsync(new UntagResourceRequest(native, removed), cancellationToken).ConfigureAwait(false);
    }

    private async Task<NativeSecret?> TryDescribeAsync(string native, CancellationToken cancellationToken)
    {
        try
        {
            return await client.DescribeSecretAsync(new SecretIdRequest(native), cancellationToken).ConfigureAwait(false);
        }
        catch (AwsFault fault) when (fault.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private void CheckCondition(SecretAddress address, SecretCondition condition, NativeSecret? secret, string doing)
    {
        CheckVersion(address, condition.IfVersion, secret, doing);
        if (secret?.DeletedDate is not null && doing == "write")
            throw NameTaken(address, condition.IfAbsent);
        if (condition.IfAbsent && secret is not null)
            throw errors.Make(SecretErrorCode.AlreadyExists, null, doing, address, "There is one already. Update it, or choose another name.");
    }

    private void CheckVersion(SecretAddress address, SecretVersion? expected, NativeSecret? secret, string doing)
    {
        if (expected is not null && (secret is null || secret.DeletedDate is not null || AwsProperties.CurrentOf(secret) != expected.Value.Value))
            throw Conflict(address, expected, doing);
    }

    private SecretException Conflict(SecretAddress address, SecretVersion? expected, string doing) =>
        errors.Make(SecretErrorCode.Conflict, "version", doing, address, $"It is not at the version expected ({expected}): somebody else changed it. Read it again and repeat the change.");

    private SecretException NameTaken(SecretAddress address, bool ifAbsent) => errors.Make(
        ifAbsent ? SecretErrorCode.AlreadyExists : SecretErrorCode.Conflict, AwsErrors.Deleted, "write", address,
        "It is scheduled for deletion, and AWS keeps its name until then. Recover it, or purge it first.");

    private SecretValue Payload(SecretWrite write)
    {
        byte[] payload = PairsText.Write(write.Values, textOnly: false);
        errors.CheckSize(payload.Length, maxValueBytes, write.Address);
        return SecretValue.FromBytes(payload);
    }

    private static SecretProperties Written(SecretWrite write, string version, SecretVersionState state, DateTimeOffset created, DateTimeOffset updated) =>
        write.Properties with { Version = new SecretVersion(version), State = state, CreatedOn = created, UpdatedOn = updated, DeletedOn = null, KeyNames = null };

    private static string NewVersion() => Guid.NewGuid().ToString("D");
}
