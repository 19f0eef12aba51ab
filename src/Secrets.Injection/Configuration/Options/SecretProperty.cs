using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>One property of an options type, and the key that fills it.</summary>
internal sealed class SecretProperty(PropertyInfo property)
{
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    private readonly string? _keyName = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name;
    private readonly bool _required = property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>Fills the property.</summary>
    /// <returns>The key that filled it; null if the secret has none for it.</returns>
    internal string? Fill(object options, Secret secret)
    {
        if (KeyIn(secret) is not { } key)
        {
            return !_required ? null : throw new SecretException(
                SecretErrorCode.KeyNotFound,
                $"The secret {secret.Properties.Address} has no key for the required property '{Name}'. Its keys are: {string.Join(", ", secret.Keys)}. Add the key, or name it with [ConfigurationKeyName].")
            {
                Address = secret.Properties.Address,
            };
        }

        if (!SecretTextConversion.IsSupported(_type))
            throw Refused(secret, key, $"a property of type {_type} cannot be filled from a secret; it takes {SecretTextConversion.Supported}");
        if (!SecretTextConversion.TryConvert(secret[key], _type, out object? value))
            throw Refused(secret, key, $"the value is not one of type {_type.Name}");
        property.SetValue(options, value);
        return key;
    }

    private string Name => $"{property.DeclaringType?.Name}.{property.Name}";

    private string? KeyIn(Secret secret)
    {
        string name = _keyName ?? property.Name;
        if (secret.TryGetValue(name, out _)) return name;
        if (_keyName is not null) return null;
        string[] alike = [.. secret.Keys.Where(key => IsAlike(key, name))];
        return alike.Length <= 1 ? alike.FirstOrDefault() : throw new SecretException(
            SecretErrorCode.Ambiguous,
            $"The keys {string.Join(" and ", alike)} of the secret {secret.Properties.Address} both fit the property '{Name}'. Name one with [ConfigurationKeyName].")
        {
            Address = secret.Properties.Address,
        };
    }

    // api_key, api-key, api.key and ApiKey are one name: keys follow the habits of whoever made the secret.
    private static bool IsAlike(string key, string name) => string.Equals(
        string.Concat(key.Where(char.IsLetterOrDigit)), string.Concat(name.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase);

    private SecretException Refused(Secret secret, string key, string why) => new(
        SecretErrorCode.InvalidArgument,
        $"The key '{key}' of the secret {secret.Properties.Address} cannot go to the property '{Name}': {why}.")
    {
        Address = secret.Properties.Address,
        Reason = "bind",
    };
}
