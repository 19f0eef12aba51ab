namespace Secrets;

/// <summary>Recover, purge, roll back: where the store can.</summary>
public static class SecretLifecycleExtensions
{
    extension(SecretsClient client)
    {
        /// <summary>Brings back a secret that was deleted and not purged, with its values and versions.</summary>
        /// <param name="lookup">Which secret: the first place of the lookup that holds a deleted one.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>Its properties.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.NotFound"/>: nothing to recover. <see cref="SecretErrorCode.AlreadyExists"/>: the name is taken again.
        /// <see cref="SecretErrorCode.Denied"/>; <see cref="SecretErrorCode.Unsupported"/>: the store deletes for good.
        /// </exception>
        public ValueTask<SecretProperties> RecoverSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) =>
            client.ChangeAsync(SecretAuditAction.Recover, lookup, lifecycle => lifecycle.RecoverAsync(client.View, lookup, cancellationToken));

        /// <summary>Makes another version the current one; what is current now stays among the versions.</summary>
        /// <param name="lookup">Which secret.</param>
        /// <param name="version">Which version; null for the one before the current one.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The properties of what is current now.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.NotFound"/>: no such secret or version. <see cref="SecretErrorCode.Conflict"/>: somebody wrote meanwhile.
        /// <see cref="SecretErrorCode.Denied"/>; <see cref="SecretErrorCode.Unsupported"/>: the store cannot promote a version.
        /// </exception>
        public ValueTask<SecretProperties> RollBackSecretAsync(SecretLookup lookup, SecretVersion? version = null, CancellationToken cancellationToken = default) =>
            client.ChangeAsync(SecretAuditAction.RollBack, lookup, lifecycle => lifecycle.RollBackAsync(client.View, lookup, version, cancellationToken));

        /// <summary>Deletes a secret for good, whether it is there or was deleted before.</summary>
        /// <param name="lookup">Which secret: the first place of the lookup that holds one.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>A task that ends when it is gone.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>; <see cref="SecretErrorCode.Denied"/>.</exception>
        public async ValueTask PurgeSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(lookup.Name);
            ClientEngine engine = client.Engine;
            SecretAddress purged;
            try
            {
                purged = await new SecretLifecycle(engine).PurgeAsync(client.View, lookup, cancellationToken).ConfigureAwait(false);
            }
            catch (SecretException error)
            {
                engine.Telemetry.Audit(SecretAuditAction.Purge, client.Principal, lookup, null, error.Code, error.Address);
                throw;
            }

            engine.Telemetry.Audit(SecretAuditAction.Purge, client.Principal, lookup, null, null, purged);
            engine.Cache.Addresses.Deleted(purged);
        }

        private async ValueTask<SecretProperties> ChangeAsync(SecretAuditAction action, SecretLookup lookup, Func<SecretLifecycle, ValueTask<Secret>> change)
        {
            ArgumentNullException.ThrowIfNull(lookup.Name);
            ClientEngine engine = client.Engine;
            try
            {
                Secret changed = await change(new SecretLifecycle(engine)).ConfigureAwait(false);
                engine.Telemetry.Audit(action, client.Principal, lookup, changed.Properties);
                engine.Cache.Addresses.Written(changed);
                return changed.Properties;
            }
            catch (SecretException error)
            {
                engine.Telemetry.Audit(action, client.Principal, lookup, null, error.Code, error.Address);
                throw;
            }
        }
    }
}
