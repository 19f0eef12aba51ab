namespace Secrets;

/// <summary>Plans what secrets export.</summary>
public static class InjectionPlanExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>Reads secrets, and says which variables and files they export and what conflicts. Writes nothing.</summary>
        /// <param name="secrets">The secrets: names, or attachments that say more.</param>
        /// <param name="options">How; null for the defaults.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The plan.</returns>
        /// <exception cref="SecretException">
        /// A secret cannot be read (of several, one message with all); <see cref="SecretErrorCode.KeyNotFound"/>: a typed secret lacks a key;
        /// <see cref="SecretErrorCode.InvalidArgument"/>: an unknown type, or a path or name that cannot be one.
        /// </exception>
        public async ValueTask<InjectionPlan> PlanInjectionAsync(
            IEnumerable<SecretAttachment> secrets, InjectionOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(secrets);
            InjectionSource source = new(client, [.. secrets], options ?? new InjectionOptions());
            return new InjectionPlan(source, await source.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        /// <summary>As the other one, for names alone: <c>client.PlanInjectionAsync(["my-s3", "openai_secret"])</c>.</summary>
        /// <param name="names">The secrets' names.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The plan.</returns>
        /// <exception cref="SecretException">As for the other one.</exception>
        public ValueTask<InjectionPlan> PlanInjectionAsync(IEnumerable<string> names, CancellationToken cancellationToken = default) =>
            client.PlanInjectionAsync(names.Select(static name => (SecretAttachment)name), null, cancellationToken);
    }
}
