using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>What a host does with the references in its configuration, as far as code says so.</summary>
internal sealed class SecretHostOptions
{
    /// <summary>Null: settings decide.</summary>
    internal SecretValidationLevel? ValidationLevel { get; set; }

    internal SecretTemplateOptions Templates { get; set; } = SecretTemplateOptions.Configuration;

    /// <summary>The options of a builder, kept with its services and made at the first call.</summary>
    internal static SecretHostOptions Of(ISecretsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Select(service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<SecretHostOptions>().FirstOrDefault() is { } known) return known;
        SecretHostOptions options = new();
        builder.Services.AddSingleton(options);
        return options;
    }
}
