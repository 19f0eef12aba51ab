using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Secrets;

/// <summary>The <c>Secrets</c> section of a host's configuration: what holds where code says nothing.</summary>
/// <param name="configuration">The host's configuration.</param>
internal sealed class SecretsSection(IConfiguration configuration)
{
    internal const string Name = "Secrets";

    /// <summary>Completes a builder: scopes before what code set, a store only if code named none.</summary>
    /// <param name="builder">The builder, about to build its client.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the section says something that does not exist.</exception>
    internal void Complete(SecretsBuilder builder)
    {
        if (Scopes() is { } scopes)
        {
            // First in the row, so that what code sets has the last word.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<SecretsClientOptions>>(
                new ConfigureOptions<SecretsClientOptions>(options => options.Scopes = scopes)));
        }

        if (!builder.HasStore && configuration[$"{Name}:Store"] is { Length: > 0 } url) builder.UseStoreUrl(url);
    }

    /// <summary>The level that holds.</summary>
    /// <param name="inCode">What code says; null for nothing.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a level that does not exist.</exception>
    internal SecretValidationLevel ValidationLevel(SecretValidationLevel? inCode)
    {
        // Configuration has the environment in it, as a rule, and a command line that may override it; a bare host has neither.
        if (configuration[SecretValidationLevelExtensions.EnvironmentVariable] is { Length: > 0 } fromOperator)
            return SecretValidationLevel.Parse(fromOperator);
        if (Environment.GetEnvironmentVariable(SecretValidationLevelExtensions.EnvironmentVariable) is { Length: > 0 })
            return SecretValidationLevel.FromEnvironment();
        if (inCode is { } level) return level;
        return configuration[$"{Name}:ValidationLevel"] is { Length: > 0 } setting ? SecretValidationLevel.Parse(setting) : SecretValidationLevel.SecretAndKeyExists;
    }

    private SecretScopeChain? Scopes()
    {
        string? project = null;
        string? cluster = null;
        IConfigurationSection section = configuration.GetSection($"{Name}:Scopes");
        foreach (IConfigurationSection scope in section.GetChildren())
        {
            if (string.Equals(scope.Key, "Project", StringComparison.OrdinalIgnoreCase)) project = scope.Value;
            else if (string.Equals(scope.Key, "Cluster", StringComparison.OrdinalIgnoreCase)) cluster = scope.Value;
            else throw Unknown(scope);
        }

        return project is null && cluster is null ? null : SecretScopeChain.Default(project, cluster);
    }

    private static SecretException Unknown(IConfigurationSection scope) => new(
        SecretErrorCode.InvalidArgument,
        $"The setting '{scope.Path}' names no scope: a section takes Project and Cluster. A chain of other kinds is set in code, with WithScopes(new SecretScopeChain(...)).")
    {
        Reason = "scopes-section",
    };
}
