using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>Settings of the client itself.</summary>
public static class SecretsClientBuilderExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>Changes the client's options. Calls add up, in order.</summary>
        /// <param name="configure">Changes them.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder ConfigureClient(Action<SecretsClientOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.Configure(configure);
            return builder;
        }
    }
}
