using System.Collections;

namespace Secrets;

/// <summary>
/// Environment variables as public secrets at team scope: the variable <c>HF_TOKEN</c> is the secret <c>HF_TOKEN</c> with the one key <c>value</c>; a
/// value that is a JSON object is a secret with its pairs.
/// </summary>
/// <remarks>
/// Read-only, and safe to use from any thread. A secret's name is the variable's name behind the prefix, exactly; no other scope and no private
/// secret exists here. Versions are keyed fingerprints that change with the value and mean nothing outside this process.
/// </remarks>
public sealed class EnvironmentSecretStore : ReadOnlySecretStore
{
    // Linux takes no longer string into a process (MAX_ARG_STRLEN), the name included; the other systems take less in all.
    private const int LongestVariable = 128 * 1024;

    private readonly EnvironmentSecretStoreOptions _options;

    /// <summary>Makes a store.</summary>
    /// <param name="options">How; null for all variables of this process.</param>
    public EnvironmentSecretStore(EnvironmentSecretStoreOptions? options = null)
        : base((options ??= new()).Name, SecretStoreFeatures.None, LongestVariable) => _options = options;

    private protected override Secret? Find(SecretAddress address)
    {
        if (address.Scope != SecretScope.Team || address.Owner is not null || address.Name.Length == 0) return null;
        return Variables().TryGetValue(_options.Prefix + address.Name, out string? value) ? Read(address, value) : null;
    }

    private protected override IEnumerable<Secret> All() => Variables()
        .Where(pair => pair.Key.StartsWith(_options.Prefix, StringComparison.Ordinal) && pair.Key.Length > _options.Prefix.Length)
        .Select(pair => Read(SecretAddress.Public(pair.Key[_options.Prefix.Length..]), pair.Value));

    private static Secret Read(SecretAddress address, string text)
    {
        SecretValues values = JsonPairs.Read(text);
        return new Secret(new SecretProperties(address, Fingerprint.Of(values)) { KeyNames = [.. values.Keys] }, values);
    }

    private IReadOnlyDictionary<string, string> Variables() => _options.Variables?.Invoke()
        ?? Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
