using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Secrets;

/// <summary>A secret as a source of a configuration that may have nothing else of secrets in it.</summary>
internal sealed class StandaloneSecretValuesSource(ISecretsClient client, SecretLookup lookup, string section, bool optional) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) =>
        new SecretValuesProvider(new ConfigurationSecrets(() => client, NullLogger.Instance), lookup, section, optional, ownsSecrets: true);

    /// <summary>As a part of a configuration's secrets, if they come from the same client: then they are of one version too.</summary>
    internal IConfigurationProvider Build(ISecretsClient shared, ConfigurationSecrets secrets) => ReferenceEquals(shared, client)
        ? new SecretValuesProvider(secrets, lookup, section, optional)
        : Build(new ConfigurationBuilder());
}
