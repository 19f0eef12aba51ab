using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>Gives the keys of one secret as keys below one section. They are values: no reference is looked for in them.</summary>
internal sealed class SecretValuesProvider : IConfigurationProvider, ISecretConsumer, IDisposable
{
    private readonly ConfigurationSecrets _secrets;
    private readonly bool _ownsSecrets;
    private readonly string _prefix;
    private ConfigurationReloadToken _token = new();
    private volatile Dictionary<string, string>? _values;
    private volatile SecretException? _failure;
    private FollowedSecret? _followed;

    internal SecretValuesProvider(ConfigurationSecrets secrets, SecretLookup lookup, string section, bool optional, bool ownsSecrets = false)
    {
        _ownsSecrets = ownsSecrets;
        _secrets = secrets;
        Lookup = lookup;
        Section = section;
        IsOptional = optional;
        _prefix = section + ConfigurationPath.KeyDelimiter;
        secrets.Add(this);
    }

    internal SecretLookup Lookup { get; }

    internal string Section { get; }

    internal bool IsOptional { get; }

    IEnumerable<string> ISecretConsumer.FailingKeys => _failure is null ? [] : [Section];

    public bool TryGet(string key, out string? value)
    {
        value = null;
        if (!key.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase) || !Values(key).TryGetValue(key[_prefix.Length..], out string? found)) return false;
        value = ConfigurationDump.IsReading() ? SecretValue.Redacted : found;
        return true;
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        ConfigurationDump.NoteListing();
        List<string> keys = [.. ChildKeys(parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter), .. earlierKeys];
        keys.Sort(ConfigurationKeyComparer.Instance.Compare);
        return keys;
    }

    /// <summary>A secret is changed where it is kept, not through configuration.</summary>
    public void Set(string key, string? value)
    {
    }

    public IChangeToken GetReloadToken() => _token;

    public void Load()
    {
    }

    void ISecretConsumer.Collect(FollowedSecrets secrets)
    {
        _followed = secrets.Need(Lookup);
        _followed.AddWhole();
    }

    bool ISecretConsumer.Render()
    {
        if (_followed?.Answer is not { } answer) return false;
        SecretException? failure = IsOptional && answer.Status == SecretReadStatus.NotFound ? null : _followed.Failure;
        HostLog.Transition(_secrets.Log, Section, failure, _failure, hasValue: answer.Secret is not null);
        _failure = failure;
        if (answer.Secret is not { } secret)
        {
            if (failure is null) _values = [];
            return false;
        }

        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, SecretValue value) in secret.Values)
            values[key] = value.IsText ? value.RevealString() : Convert.ToBase64String(value.RevealBytes());
        Dictionary<string, string>? before = _values;
        _values = values;
        return before is not null && (before.Count != values.Count || values.Any(pair => !before.TryGetValue(pair.Key, out string? old) || !string.Equals(old, pair.Value, StringComparison.Ordinal)));
    }

    void ISecretConsumer.RaiseReload() => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();

    /// <summary>The section as one reference, for a report.</summary>
    internal SecretReference ToReference() => new(Lookup, null, SecretSyntaxes.None, null, null, new SecretPlace(ToString(), Section, 0, 1, 1));

    public void Dispose()
    {
        _secrets.Remove(this);
        if (_ownsSecrets) _secrets.Dispose();
    }

    /// <summary>What a debug view shows as the origin of a value.</summary>
    public override string ToString() => $"SecretValues of {Lookup}";

    private IEnumerable<string> ChildKeys(string parent)
    {
        // Above the section its own name is all there is to know, and takes no fetching.
        if (_prefix.StartsWith(parent, StringComparison.OrdinalIgnoreCase) && parent.Length < _prefix.Length) return [FirstSegment(_prefix[parent.Length..])];
        if (!parent.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase)) return [];
        string below = parent[_prefix.Length..];
        return Values(parent).Keys.Where(key => key.StartsWith(below, StringComparison.OrdinalIgnoreCase)).Select(key => FirstSegment(key[below.Length..]));
    }

    private Dictionary<string, string> Values(string neededBy)
    {
        if (_values is { } known) return known;
        _secrets.Resolve(neededBy);
        return _values ?? throw _failure ?? new SecretException(SecretErrorCode.Unavailable, $"The secret {Lookup} is not at hand: its client was disposed.");
    }

    private static string FirstSegment(string path)
    {
        int end = path.IndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
        return end < 0 ? path : path[..end];
    }
}
