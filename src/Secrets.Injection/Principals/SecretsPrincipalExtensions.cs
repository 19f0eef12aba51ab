using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>Has a host's client act for whoever is asking at each call.</summary>
public static class SecretsPrincipalExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>
        /// The <see cref="ISecretsClient"/> of the host's services acts for the principal that this gives at each call, as in a web host:
        /// <c>ActAs(services => services.GetRequiredService&lt;IHttpContextAccessor&gt;().HttpContext?.User.ToSecretPrincipal())</c>. Configuration, which
        /// belongs to the host, and <see cref="SecretsClient"/> itself go on to act for the principal of the options.
        /// </summary>
        /// <param name="whoAsks">
        /// Gives the principal from the host's services; null for nobody, who owns and may do nothing. Runs on every call, so it has to be quick.
        /// </param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder ActAs(Func<IServiceProvider, SecretPrincipal?> whoAsks)
        {
            ArgumentNullException.ThrowIfNull(whoAsks);
            builder.Services.AddSingleton(new FollowedPrincipal(whoAsks));
            return builder;
        }
    }

    /// <summary>The client that a host's services give: of whoever asks, if the builder was told how to know.</summary>
    internal static ISecretsClient ForHost(SecretsBuilder builder, SecretsClient client, IServiceProvider host) =>
        builder.Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<FollowedPrincipal>().LastOrDefault() is { } followed
            ? new PrincipalFollowingClient(client, () => followed.Of(host))
            : client;
}
