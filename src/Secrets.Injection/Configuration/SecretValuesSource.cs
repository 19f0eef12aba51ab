using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Chosen secrets as a plain source: each key of the secret is a key of configuration.</summary>
internal sealed class SecretValuesSource(Func<ConfigurationSecrets> getSecrets, SecretLookup lookup, string section, bool optional) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SecretValuesProvider(getSecrets(), lookup, section, optional);
}
