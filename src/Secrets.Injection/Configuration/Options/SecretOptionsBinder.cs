using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Secrets;

/// <summary>Fills an options object from the keys of a secret.</summary>
/// <remarks>The type's public properties are kept by the annotation, so it works trimmed and compiled ahead of time.</remarks>
internal sealed class SecretOptionsBinder<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions> where TOptions : class
{
    private readonly SecretProperty[] _properties =
    [
        .. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => new SecretProperty(property)),
    ];

    /// <summary>Fills an object.</summary>
    /// <returns>The keys that went into it.</returns>
    /// <exception cref="SecretException">A key does not fit its property, a required one is missing, or nothing fits at all.</exception>
    internal IReadOnlyList<string> Bind(Secret secret, TOptions options)
    {
        string[] used = [.. _properties.Select(property => property.Fill(options, secret)).OfType<string>()];
        return used.Length > 0 ? used : throw new SecretException(
            SecretErrorCode.KeyNotFound,
            $"No key of the secret {secret.Properties.Address} ({string.Join(", ", secret.Keys)}) fits a property of {typeof(TOptions).Name}. Name the keys after the properties, or the properties' keys with [ConfigurationKeyName].")
        {
            Address = secret.Properties.Address,
        };
    }
}
