namespace Secrets;

/// <summary>Uses a credential right through its rotation.</summary>
public static class SecretUseExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>
        /// Uses a secret. If whoever it is for refuses it, it is asked for again (once, and rate-limited) and used anew; if the new one is
        /// refused too, or there is none, the one before is used while the rotation overlaps.
        /// </summary>
        /// <typeparam name="T">What the use gives.</typeparam>
        /// <param name="name">The secret's name.</param>
        /// <param name="use">Uses it: opens a connection, sends a request. Called up to three times.</param>
        /// <param name="isRefused">Whether an exception means that the credential was refused, and not that something else went wrong.</param>
        /// <param name="cancellationToken">Ends the reads.</param>
        /// <returns>What the use gave.</returns>
        /// <exception cref="SecretException">As for <see cref="ISecretsClient.GetSecretAsync(string, CancellationToken)"/>.</exception>
        public ValueTask<T> UseSecretAsync<T>(string name, Func<Secret, Task<T>> use, Func<Exception, bool> isRefused, CancellationToken cancellationToken = default) =>
            client.UseSecretAsync(new SecretLookup(name), use, isRefused, cancellationToken);

        /// <summary>As <c>UseSecretAsync</c> with a result.</summary>
        /// <param name="name">The secret's name.</param>
        /// <param name="use">Uses it. Called up to three times.</param>
        /// <param name="isRefused">Whether an exception means that the credential was refused.</param>
        /// <param name="cancellationToken">Ends the reads.</param>
        /// <returns>A task that ends with the use.</returns>
        public async ValueTask UseSecretAsync(string name, Func<Secret, Task> use, Func<Exception, bool> isRefused, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(use);
            await client.UseSecretAsync(new SecretLookup(name), async secret =>
            {
                await use(secret).ConfigureAwait(false);
                return true;
            }, isRefused, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>As <c>UseSecretAsync</c> by name, for any lookup.</summary>
        /// <typeparam name="T">What the use gives.</typeparam>
        /// <param name="lookup">The secret.</param>
        /// <param name="use">Uses it. Called up to three times.</param>
        /// <param name="isRefused">Whether an exception means that the credential was refused.</param>
        /// <param name="cancellationToken">Ends the reads.</param>
        /// <returns>What the use gave.</returns>
        public async ValueTask<T> UseSecretAsync<T>(SecretLookup lookup, Func<Secret, Task<T>> use, Func<Exception, bool> isRefused, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(use);
            ArgumentNullException.ThrowIfNull(isRefused);
            Secret first = await client.GetSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
            Exception refusal;
            try
            {
                return await use(first).ConfigureAwait(false);
            }
            catch (Exception error) when (isRefused(error))
            {
                refusal = error;
            }

            Secret second = await Newer(client, lookup, first, cancellationToken).ConfigureAwait(false);
            if (second.Version != first.Version)
            {
                try
                {
                    return await use(second).ConfigureAwait(false);
                }
                catch (Exception error) when (isRefused(error))
                {
                    refusal = error;
                }
            }

            Secret? previous = await client.GetPreviousSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
            if (previous is null || previous.Version == first.Version || previous.Version == second.Version)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(refusal);
            return await use(previous).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Secret> Newer(ISecretsClient client, SecretLookup lookup, Secret refused, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ReportRefusedAsync(lookup, refused.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException)
        {
            // The store cannot say now. The refusal is what the caller has to hear, unless the value before still works.
            return refused;
        }
    }
}
