namespace Secrets;

/// <summary>Resolves templates through a client.</summary>
/// <remarks>
/// One resolution takes each secret once, so all its keys are of one version. Denied and unavailable secrets are errors, whatever the default
/// of the reference; only a missing one takes it. What a reference resolves to is never parsed.
/// </remarks>
public static class SecretTemplateExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>Resolves a template. Completes at once, and allocates one string, when the secrets are warm.</summary>
        /// <param name="template">The template.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        /// <returns>The text. Treat it as a secret.</returns>
        /// <exception cref="SecretResolutionException">References that do not resolve, each with its places.</exception>
        public ValueTask<string> ResolveAsync(SecretTemplate template, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(template);
            if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<string>(cancellationToken);
            if (template.Literal is { } literal) return new(literal);
            return SecretTemplateResolver.TryResolveWarm(client, template) is { } text
                ? new(text)
                : SecretTemplateResolver.ResolveColdAsync(client, template, SecretResolveOptions.Default, cancellationToken);
        }

        /// <summary>Resolves a template, as the options say.</summary>
        /// <param name="template">The template.</param>
        /// <param name="options">What becomes of missing references.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        /// <returns>The text. Treat it as a secret.</returns>
        /// <exception cref="SecretResolutionException">References that do not resolve, each with its places.</exception>
        public ValueTask<string> ResolveAsync(SecretTemplate template, SecretResolveOptions options, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(template);
            ArgumentNullException.ThrowIfNull(options);
            return SecretTemplateResolver.ResolveColdAsync(client, template, options, cancellationToken);
        }

        /// <summary>Parses and resolves a text, with all four syntaxes on. Parse once where the same text is resolved often.</summary>
        /// <param name="text">The text.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        /// <returns>The resolved text. Treat it as a secret.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.MalformedReference"/>: the text does not parse.</exception>
        /// <exception cref="SecretResolutionException">References that do not resolve, each with its places.</exception>
        public ValueTask<string> ResolveAsync(string text, CancellationToken cancellationToken = default) =>
            client.ResolveAsync(SecretTemplate.Parse(text), cancellationToken);

        /// <summary>
        /// Resolves many templates as one resolution: one batch of lookups, one version of each secret across all of them. One template's
        /// failure spoils no other.
        /// </summary>
        /// <param name="templates">The templates.</param>
        /// <param name="options">What becomes of missing references; null for the default.</param>
        /// <param name="cancellationToken">Ends this caller's wait.</param>
        /// <returns>One result per template, in the order given.</returns>
        /// <exception cref="SecretException">The lookups as a whole could not be made.</exception>
        public ValueTask<IReadOnlyList<SecretTemplateResult>> ResolveAllAsync(
            IReadOnlyList<SecretTemplate> templates, SecretResolveOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(templates);
            return SecretTemplateResolver.ResolveAsync(client, templates, options ?? SecretResolveOptions.Default, cancellationToken);
        }

        /// <summary>
        /// Resolves a UTF-8 text of any length from one stream into another, in bounded memory: some hundred KiB, and the secrets referred to.
        /// Values stand as they are unless a reference names an encoder.
        /// </summary>
        /// <param name="input">
        /// The text. If it can seek, it is read twice, so that nothing is written unless every reference resolves; if not, a fault may leave
        /// the first part of the result written: write to a temporary file then.
        /// </param>
        /// <param name="output">Takes the result, as UTF-8. Neither stream is closed.</param>
        /// <param name="templateOptions">Syntaxes, encoders, source; null for <see cref="SecretTemplateOptions.Default"/>.</param>
        /// <param name="options">What becomes of missing references; null for the default.</param>
        /// <param name="cancellationToken">Cancels the work.</param>
        /// <returns>A task that ends when all is written and flushed.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.MalformedReference"/>: a reference does not parse, or is longer than 16 Ki chars;
        /// <see cref="SecretErrorCode.InvalidArgument"/>: the input is not UTF-8.
        /// </exception>
        /// <exception cref="SecretResolutionException">References that do not resolve, each with its places.</exception>
        public ValueTask ResolveAsync(
            Stream input, Stream output, SecretTemplateOptions? templateOptions = null, SecretResolveOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(output);
            SecretStreamResolver resolver = new(client, templateOptions ?? SecretTemplateOptions.Default, options ?? SecretResolveOptions.Default);
            return resolver.ResolveAsync(input, output, cancellationToken);
        }
    }
}
