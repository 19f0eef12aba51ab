using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Secrets;

namespace Microsoft.Extensions.Logging;

/// <summary>Puts a <see cref="SecretMasker"/> in front of a host's loggers.</summary>
public static class SecretMaskingLoggingBuilderExtensions
{
    /// <summary>
    /// Masks what every logger provider gets that was added before this call: messages, states, scopes, exceptions. Call it last.
    /// </summary>
    /// <param name="builder">The host's logging.</param>
    /// <param name="masker">The masker; its values may come and go later. Registered as a singleton too, unless one is there.</param>
    /// <returns>The builder.</returns>
    public static ILoggingBuilder AddSecretMasking(this ILoggingBuilder builder, SecretMasker masker)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(masker);
        builder.Services.TryAddSingleton(masker);
        for (int i = 0; i < builder.Services.Count; i++)
        {
            ServiceDescriptor provider = builder.Services[i];
            if (provider.ServiceType != typeof(ILoggerProvider) || provider.IsKeyedService) continue;
            builder.Services[i] = ServiceDescriptor.Describe(
                typeof(ILoggerProvider), services => masker.Wrap(Create(services, provider)), provider.Lifetime);
        }

        return builder;
    }

    private static ILoggerProvider Create(IServiceProvider services, ServiceDescriptor descriptor) => (ILoggerProvider)(
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(services)
        ?? ActivatorUtilities.CreateInstance(services, descriptor.ImplementationType!));
}
