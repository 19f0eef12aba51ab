using System.Globalization;

namespace Secrets;

/// <summary>Everything that changes a secret. All checks come before the first call that writes.</summary>
internal sealed class SecretWriter(ClientCore core, CandidateReader reader, CandidateDescriber describer)
{
    internal async ValueTask<Secret> CreateAsync(
        SecretsView view, string name, SecretValues values, CreateSecretOptions options, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Rules.CheckName(name);
        core.Rules.CheckScope(name, options.Scope);
        SecretAddress address = AddressOf(view, options.Scope, options.Visibility, name);
        SecretValues copy = new(values);
        SecretProperties properties = new(address, default)
        {
            Id = Guid.NewGuid(),
            Type = options.Type,
            Description = options.Description,
            Tags = new Dictionary<string, string>(options.Tags, StringComparer.Ordinal),
            ExpiresOn = options.ExpiresOn,
        };
        core.Rules.CheckKeys(address, copy.Keys);
        core.Rules.CheckValues(address, copy);
        core.Rules.CheckProperties(address, properties);
        core.Require(SecretStoreFeatures.Write, address);
        core.Demand(view.Principal, SecretAction.Create, address);
        if (options.Overwrite)
        {
            core.Demand(view.Principal, SecretAction.Update, address);
            SecretReadResult there = (await reader.ReadAllAsync([new SecretRead(address)], cancellationToken).ConfigureAwait(false))[0];
            if (there.Secret is { } replaced) properties = properties with { Id = replaced.Properties.Id, CreatedOn = replaced.Properties.CreatedOn };
            return await WriteAsync("set", new SecretWrite(properties, copy), cancellationToken).ConfigureAwait(false);
        }

        return await WriteIfFreeAsync("create", new SecretWrite(properties, copy, SecretCondition.Absent), cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask<(Secret Updated, SecretAddress Source)> UpdateAsync(SecretsView view, SecretLookup lookup, Action<SecretUpdate> describe, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        RefuseVersion(lookup, "update");
        core.Require(SecretStoreFeatures.Write);
        for (int attempt = 1; ; attempt++)
        {
            Secret current = await ReadCurrentAsync("update", view, lookup, cancellationToken).ConfigureAwait(false);
            SecretAddress address = current.Properties.Address;
            core.Demand(view.Principal, SecretAction.Update, address);
            SecretUpdate update = new();
            describe(update);
            if (update.IfVersion is { } expected && expected != current.Version)
                throw ClientErrors.Conflict("update", address, $"it is at version '{current.Version}', not '{expected}'.", core.Store.Name);
            SecretWrite write = Merge(view, current, update);
            try
            {
                Secret updated = write.Address == address
                    ? await WriteAsync("update", write, cancellationToken).ConfigureAwait(false)
                    : await MoveAsync("update", view, current, write, cancellationToken).ConfigureAwait(false);
                return (updated, address);
            }
            catch (SecretException conflict) when (conflict.Code == SecretErrorCode.Conflict)
            {
                if (update.IfVersion is not null) throw;
                if (attempt == core.Options.MaxUpdateAttempts)
                    throw ClientErrors.Conflict("update", address, string.Create(CultureInfo.InvariantCulture, $"other writers came first {attempt} times."), core.Store.Name, conflict);
            }
        }
    }

    internal async ValueTask<(Secret Moved, SecretAddress Source)> RenameAsync(SecretsView view, SecretLookup lookup, string newName, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Rules.CheckName(newName);
        RefuseVersion(lookup, "rename");
        core.Require(SecretStoreFeatures.Write);
        for (int attempt = 1; ; attempt++)
        {
            Secret current = await ReadCurrentAsync("rename", view, lookup, cancellationToken).ConfigureAwait(false);
            SecretAddress source = current.Properties.Address;
            SecretAddress to = source with { Name = newName };
            core.Demand(view.Principal, SecretAction.Update, source);
            if (to == source) return (current, source);
            SecretWrite write = new(current.Properties with { Address = to }, current.Values, SecretCondition.Absent);
            try
            {
                return (await MoveAsync("rename", view, current, write, cancellationToken).ConfigureAwait(false), source);
            }
            catch (SecretException conflict) when (conflict.Code == SecretErrorCode.Conflict && attempt < core.Options.MaxUpdateAttempts)
            {
                // Another writer changed the secret while it was on its way; what it wrote has to come along.
            }
        }
    }

    internal async ValueTask<SecretAddress> DeleteAsync(SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Require(SecretStoreFeatures.Delete);
        if (lookup.Version is not null) core.Require(SecretStoreFeatures.DestroyVersion);
        SecretProperties found = await describer.FindAsync("delete", view, lookup, cancellationToken).ConfigureAwait(false);
        core.Demand(view.Principal, SecretAction.Delete, found.Address);
        try
        {
            await core.Store.DeleteAsync(new SecretDelete(found.Address) { Version = lookup.Version }, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store("delete", found.Address, error, core.Store.Name);
        }

        return found.Address;
    }

    /// <summary>Straight from the store: an update that started from a cached value could undo somebody else's. An expired one can be updated.</summary>
    internal async ValueTask<Secret> ReadCurrentAsync(string operation, SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        SecretAddress[] places = core.CandidatesOf(lookup, view);
        IReadOnlyList<SecretReadResult> read = await reader.ReadAllAsync([.. places.Select(place => new SecretRead(place))], cancellationToken).ConfigureAwait(false);
        CandidateChoice choice = CandidateChoice.Of([.. read.Select(result => result.Status)], core.Options.SkipDeniedCandidates);
        if (choice.Index < 0) throw ClientErrors.NotFound(operation, lookup, view, core.Store.Name);
        return choice.Status == SecretReadStatus.Found
            ? read[choice.Index].Secret!
            : throw ClientErrors.Store(operation, places[choice.Index], choice.Status, read[choice.Index].Error, core.Store.Name);
    }

    private SecretWrite Merge(SecretsView view, Secret current, SecretUpdate update)
    {
        SecretAddress address = current.Properties.Address;
        SecretValues values = new(current.Values);
        foreach (string key in update.KeysToRemove)
        {
            if (!values.Remove(key)) throw ClientErrors.KeyNotFound(address, key, current.Keys);
        }

        core.Rules.CheckKeys(address, update.ValuesToSet.Keys);
        foreach ((string key, SecretValue value) in update.ValuesToSet)
            values[key] = value;
        core.Rules.CheckSameKeys(address, current.Keys, values);
        SecretProperties properties = current.Properties with
        {
            Address = update.Visibility is { } visibility && visibility != address.Visibility ? AddressOf(view, address.Scope, visibility, address.Name) : address,
            Description = update.HasDescription ? update.Description : current.Properties.Description,
            Type = update.HasType ? update.Type : current.Properties.Type,
            ExpiresOn = update.HasExpiresOn ? update.ExpiresOn : current.Properties.ExpiresOn,
            Tags = update.Tags is { } tags ? new Dictionary<string, string>(tags, StringComparer.Ordinal) : current.Properties.Tags,
        };
        core.Rules.CheckValues(address, values);
        core.Rules.CheckProperties(address, properties);
        SecretCondition condition = core.Has(SecretStoreFeatures.WriteIfVersion) ? SecretCondition.At(current.Version) : SecretCondition.None;
        return new SecretWrite(properties, values, properties.Address == address ? condition : SecretCondition.Absent);
    }

    /// <summary>Atomically where the store can; else the new place is written first, so that at no moment the secret is nowhere.</summary>
    private async ValueTask<Secret> MoveAsync(string operation, SecretsView view, Secret current, SecretWrite write, CancellationToken cancellationToken)
    {
        SecretAddress source = current.Properties.Address;
        core.Demand(view.Principal, SecretAction.Create, write.Address);
        core.Demand(view.Principal, SecretAction.Delete, source);
        if (core.Has(SecretStoreFeatures.Move))
        {
            SecretWrite move = write with { MoveFrom = source, MoveFromVersion = core.Has(SecretStoreFeatures.WriteIfVersion) ? current.Version : null };
            return await WriteIfFreeAsync(operation, move, cancellationToken).ConfigureAwait(false);
        }

        core.Require(SecretStoreFeatures.Delete, source);
        Secret moved = await WriteIfFreeAsync(operation, write, cancellationToken).ConfigureAwait(false);
        try
        {
            SecretCondition unchanged = core.Has(SecretStoreFeatures.WriteIfVersion) ? SecretCondition.At(current.Version) : SecretCondition.None;
            await core.Store.DeleteAsync(new SecretDelete(source, unchanged), cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            await TakeBackAsync(moved.Properties).ConfigureAwait(false);
            throw error.Code == SecretErrorCode.Conflict
                ? ClientErrors.Conflict(operation, source, "another writer changed it meanwhile.", core.Store.Name, error)
                : ClientErrors.Store(operation, source, error, core.Store.Name);
        }

        return moved;
    }

    private async ValueTask TakeBackAsync(SecretProperties written)
    {
        try
        {
            await core.Store.DeleteAsync(new SecretDelete(written.Address) { Purge = core.Has(SecretStoreFeatures.SoftDelete) }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            // The caller gets the error that came first; this one would otherwise be lost.
            ClientLog.CopyLeftBehind(core.Log, error, written.Address.ToString(), core.Store.Name);
        }
    }

    private async ValueTask<Secret> WriteIfFreeAsync(string operation, SecretWrite write, CancellationToken cancellationToken)
    {
        if (!core.Has(SecretStoreFeatures.WriteIfAbsent))
        {
            // The store cannot check and write in one step: two creators at the same instant can both go through (docs/stores).
            SecretReadResult there = (await reader.ReadAllAsync([new SecretRead(write.Address)], cancellationToken).ConfigureAwait(false))[0];
            if (there.Status == SecretReadStatus.Found) throw ClientErrors.Taken(operation, write.Address, core.Store.Name);
            if (there.Status is SecretReadStatus.Denied or SecretReadStatus.Failed)
                throw ClientErrors.Store(operation, write.Address, there.Status, there.Error, core.Store.Name);
            write = write with { Condition = SecretCondition.None };
        }

        return await WriteAsync(operation, write, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Secret> WriteAsync(string operation, SecretWrite write, CancellationToken cancellationToken)
    {
        try
        {
            SecretProperties stored = await core.Store.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            return new Secret(SecretIds.WithId(stored), write.Values);
        }
        catch (SecretException error) when (error.Code == SecretErrorCode.AlreadyExists)
        {
            throw ClientErrors.Taken(operation, write.Address, core.Store.Name);
        }
        catch (SecretException error)
        {
            throw ClientErrors.Store(operation, write.Address, error, core.Store.Name);
        }
    }

    private static SecretAddress AddressOf(SecretsView view, SecretScope scope, SecretVisibility visibility, string name)
    {
        if (visibility == SecretVisibility.Public) return SecretAddress.Public(scope, name);
        return view.Principal.Id is { } owner
            ? SecretAddress.Private(scope, owner, name)
            : throw ClientErrors.Invalid("no-owner", $"A private secret '{name}' needs an owner, and {view.Principal} has no id. Say who asks: ActAs on the builder, or As on the client.");
    }

    private static void RefuseVersion(SecretLookup lookup, string operation)
    {
        if (lookup.Version is not null)
            throw ClientErrors.Invalid("version", $"Cannot {operation} one version of the secret '{lookup.Name}': versions do not change. Leave the version out; use IfVersion to make the change conditional.");
    }
}
