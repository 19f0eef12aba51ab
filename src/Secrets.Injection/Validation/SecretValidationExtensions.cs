namespace Secrets;

/// <summary>Checks references through a client, before anything runs.</summary>
/// <remarks>
/// Each secret is asked for once and in batches, however often it is referred to. A reference with a default passes when its secret or key is
/// missing, and fails when it is denied or unavailable.
/// </remarks>
public static class SecretValidationExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>Checks a template.</summary>
        /// <param name="template">The template.</param>
        /// <param name="level">How far. Default <see cref="SecretValidationLevel.SecretAndKeyExists"/>.</param>
        /// <param name="cancellationToken">Cancels the check.</param>
        /// <returns>The report.</returns>
        /// <exception cref="SecretException">The lookups as a whole could not be made.</exception>
        public ValueTask<SecretValidationReport> ValidateAsync(
            SecretTemplate template, SecretValidationLevel level = SecretValidationLevel.SecretAndKeyExists, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(template);
            return SecretReferenceValidator.ValidateAsync(client, template.References, [], level, cancellationToken);
        }

        /// <summary>Checks many templates, with one report.</summary>
        /// <param name="templates">The templates.</param>
        /// <param name="level">How far. Default <see cref="SecretValidationLevel.SecretAndKeyExists"/>.</param>
        /// <param name="cancellationToken">Cancels the check.</param>
        /// <returns>The report.</returns>
        /// <exception cref="SecretException">The lookups as a whole could not be made.</exception>
        public ValueTask<SecretValidationReport> ValidateAsync(
            IEnumerable<SecretTemplate> templates, SecretValidationLevel level = SecretValidationLevel.SecretAndKeyExists, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(templates);
            return SecretReferenceValidator.ValidateAsync(client, [.. templates.SelectMany(template => template.References)], [], level, cancellationToken);
        }

        /// <summary>Checks everything that was collected, with one report.</summary>
        /// <param name="sources">What was collected; text that does not parse is reported too.</param>
        /// <param name="level">How far. Default <see cref="SecretValidationLevel.SecretAndKeyExists"/>.</param>
        /// <param name="cancellationToken">Cancels the check.</param>
        /// <returns>The report.</returns>
        /// <exception cref="SecretException">The lookups as a whole could not be made.</exception>
        public ValueTask<SecretValidationReport> ValidateAsync(
            SecretReferenceSources sources, SecretValidationLevel level = SecretValidationLevel.SecretAndKeyExists, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(sources);
            return SecretReferenceValidator.ValidateAsync(client, sources.References, sources.Malformed, level, cancellationToken);
        }
    }
}
