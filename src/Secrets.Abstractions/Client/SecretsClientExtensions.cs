namespace Secrets;

/// <summary>Shorter forms of <see cref="ISecretsClient"/>'s members, and their synchronous twins.</summary>
/// <remarks>
/// The synchronous ones never block when the secret is warm. Cold, they block the calling thread only: the call runs on the thread pool, away
/// from any synchronization context, so they cannot deadlock.
/// </remarks>
public static class SecretsClientExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>The secret of one visibility: with <see cref="SecretVisibility.Public"/>, a private one of the same name is passed over.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="visibility">Which kind.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        /// <returns>The secret.</returns>
        /// <exception cref="SecretException">As for <see cref="ISecretsClient.GetSecretAsync(string, CancellationToken)"/>.</exception>
        public ValueTask<Secret> GetSecretAsync(string name, SecretVisibility visibility, CancellationToken cancellationToken = default) =>
            client.GetSecretAsync(new SecretLookup(name) { Visibility = visibility }, cancellationToken);

        /// <summary>Changes the secret that the name gives.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="update">Describes the change.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>Its properties as stored.</returns>
        /// <exception cref="SecretException">As for <see cref="ISecretsClient.UpdateSecretAsync"/>.</exception>
        public ValueTask<SecretProperties> UpdateSecretAsync(string name, Action<SecretUpdate> update, CancellationToken cancellationToken = default) =>
            client.UpdateSecretAsync(new SecretLookup(name), update, cancellationToken);

        /// <summary>Renames the secret that the name gives.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="newName">Its new name.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>Its properties under the new name.</returns>
        /// <exception cref="SecretException">As for <see cref="ISecretsClient.RenameSecretAsync"/>.</exception>
        public ValueTask<SecretProperties> RenameSecretAsync(string name, string newName, CancellationToken cancellationToken = default) =>
            client.RenameSecretAsync(new SecretLookup(name), newName, cancellationToken);

        /// <summary>Deletes the secret that the name gives.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>A task that ends when the deletion is durable.</returns>
        /// <exception cref="SecretException">As for <see cref="ISecretsClient.DeleteSecretAsync"/>.</exception>
        public ValueTask DeleteSecretAsync(string name, CancellationToken cancellationToken = default) =>
            client.DeleteSecretAsync(new SecretLookup(name), cancellationToken);

        /// <summary>Says which secret a name gives.</summary>
        /// <param name="name">The name.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The explanation.</returns>
        public ValueTask<SecretExplanation> ExplainAsync(string name, CancellationToken cancellationToken = default) =>
            client.ExplainAsync(new SecretLookup(name), cancellationToken);

        /// <summary>Follows a name.</summary>
        /// <param name="name">The name.</param>
        /// <param name="onChange">Runs on a background thread, one change at a time.</param>
        /// <returns>Dispose to stop.</returns>
        public IDisposable OnChange(string name, Action<SecretChange> onChange) => client.OnChange(new SecretLookup(name), onChange);

        /// <summary>Synchronous <see cref="ISecretsClient.GetSecretAsync(string, CancellationToken)"/>.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The secret.</returns>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public Secret GetSecret(string name) =>
            client.TryGetSecret(name, out Secret? secret) ? secret : Wait(() => client.GetSecretAsync(name));

        /// <summary>Synchronous <see cref="ISecretsClient.GetSecretAsync(SecretLookup, CancellationToken)"/>.</summary>
        /// <param name="lookup">What to look for.</param>
        /// <returns>The secret.</returns>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public Secret GetSecret(SecretLookup lookup) => Wait(() => client.GetSecretAsync(lookup));

        /// <summary>Synchronous <see cref="ISecretsClient.CreateSecretAsync"/>.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">Its pairs.</param>
        /// <param name="options">What it is besides; null for a public secret at team scope.</param>
        /// <returns>Its properties as stored.</returns>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public SecretProperties CreateSecret(string name, SecretValues values, CreateSecretOptions? options = null) =>
            Wait(() => client.CreateSecretAsync(name, values, options));

        /// <summary>Synchronous <see cref="ISecretsClient.UpdateSecretAsync"/>.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="update">Describes the change.</param>
        /// <returns>Its properties as stored.</returns>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public SecretProperties UpdateSecret(string name, Action<SecretUpdate> update) =>
            Wait(() => client.UpdateSecretAsync(new SecretLookup(name), update));

        /// <summary>Synchronous <see cref="ISecretsClient.RenameSecretAsync"/>.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="newName">Its new name.</param>
        /// <returns>Its properties under the new name.</returns>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public SecretProperties RenameSecret(string name, string newName) =>
            Wait(() => client.RenameSecretAsync(new SecretLookup(name), newName));

        /// <summary>Synchronous <see cref="ISecretsClient.DeleteSecretAsync"/>.</summary>
        /// <param name="name">Its name.</param>
        /// <exception cref="SecretException">As for the asynchronous one.</exception>
        public void DeleteSecret(string name) => Wait(async () =>
        {
            await client.DeleteSecretAsync(new SecretLookup(name)).ConfigureAwait(false);
            return true;
        });

        /// <summary>Synchronous <see cref="ISecretsClient.ListSecretsAsync"/>, read to its end.</summary>
        /// <param name="query">Which ones; null for all.</param>
        /// <returns>The properties.</returns>
        public IReadOnlyList<SecretProperties> ListSecrets(SecretQuery? query = null) => Wait(async () =>
        {
            List<SecretProperties> all = [];
            await foreach (SecretProperties properties in client.ListSecretsAsync(query).ConfigureAwait(false))
                all.Add(properties);
            return (IReadOnlyList<SecretProperties>)all;
        });
    }

    private static T Wait<T>(Func<ValueTask<T>> call)
    {
        ValueTask<T> started = SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default
            ? call()
            : new ValueTask<T>(Task.Run(() => call().AsTask()));
        return started.IsCompletedSuccessfully ? started.Result : started.AsTask().GetAwaiter().GetResult();
    }
}
