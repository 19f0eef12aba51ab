namespace Secrets;

/// <summary>Where the client looks for names.</summary>
public static class SecretsScopesExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>The chain project, cluster, team, as far as given. Without this call it is team alone.</summary>
        /// <param name="project">The project that this host works for; null for none.</param>
        /// <param name="cluster">The cluster that this host runs on; null for none.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: an id that breaks its rule.</exception>
        public ISecretsBuilder WithScopes(string? project = null, string? cluster = null) =>
            builder.WithScopes(SecretScopeChain.Default(project, cluster));

        /// <summary>A chain of the host's own, of any kinds.</summary>
        /// <param name="scopes">The chain, most specific first.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder WithScopes(SecretScopeChain scopes)
        {
            ArgumentNullException.ThrowIfNull(scopes);
            return builder.ConfigureClient(options => options.Scopes = scopes);
        }
    }
}
