using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>Who acts, and what it may do.</summary>
public static class SecretsPolicyExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>
        /// The principal that the client acts for when nobody says otherwise (<see cref="ISecretsClient.As"/>). Without this call it is
        /// <see cref="SecretPrincipal.Host"/>.
        /// </summary>
        /// <param name="id">The user's id, which owns its private secrets.</param>
        /// <param name="roles">Its roles.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: an id that breaks the rule.</exception>
        public ISecretsBuilder ActAs(string id, params SecretRole[] roles) => builder.ActAs(new SecretPrincipal(id, roles));

        /// <summary>The principal that the client acts for when nobody says otherwise.</summary>
        /// <param name="principal">The principal.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder ActAs(SecretPrincipal principal)
        {
            ArgumentNullException.ThrowIfNull(principal);
            return builder.ConfigureClient(options => options.Principal = principal);
        }

        /// <summary>
        /// Adds a policy to the ones that are there. All have to allow, <see cref="SecretPolicies.Default"/> included; use
        /// <see cref="SecretsClientOptions.Policy"/> to replace that one.
        /// </summary>
        /// <param name="policy">The policy.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder AddPolicy(ISecretPolicy policy)
        {
            ArgumentNullException.ThrowIfNull(policy);
            builder.Services.AddSingleton(policy);
            return builder;
        }
    }
}
