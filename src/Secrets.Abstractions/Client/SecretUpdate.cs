namespace Secrets;

/// <summary>
/// A change to one secret, as a caller describes it. Keys that are not named keep their values. The client reads, applies, and writes at the
/// version it read; on a conflict it applies the change again to what the other writer left, so two updaters of different keys both win.
/// </summary>
/// <remarks>The callback that fills it may run more than once.</remarks>
public sealed class SecretUpdate
{
    private readonly SecretValues _set = [];
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private string? _description;
    private string? _type;
    private DateTimeOffset? _expiresOn;

    /// <summary>The keys to set, with their values.</summary>
    public IReadOnlyDictionary<string, SecretValue> ValuesToSet => _set;

    /// <summary>The keys to remove.</summary>
    public IReadOnlyCollection<string> KeysToRemove => _removed;

    /// <value>The new visibility; null to keep it. Default null.</value>
    public SecretVisibility? Visibility { get; set; }

    /// <value>The new description; set to null to clear it. Default: kept.</value>
    public string? Description
    {
        get => _description;
        set => (_description, HasDescription) = (value, true);
    }

    /// <value>The new type; set to null to clear it. Default: kept.</value>
    public string? Type
    {
        get => _type;
        set => (_type, HasType) = (value, true);
    }

    /// <value>The new expiry; set to null to clear it. Default: kept.</value>
    public DateTimeOffset? ExpiresOn
    {
        get => _expiresOn;
        set => (_expiresOn, HasExpiresOn) = (value, true);
    }

    /// <value>All tags anew; null to keep them. Default null.</value>
    public IReadOnlyDictionary<string, string>? Tags { get; set; }

    /// <value>Only if the secret is at this version; null to apply to whatever is there. Default null.</value>
    public SecretVersion? IfVersion { get; set; }

    /// <summary>True once <see cref="Description"/> was set.</summary>
    public bool HasDescription { get; private set; }

    /// <summary>True once <see cref="Type"/> was set.</summary>
    public bool HasType { get; private set; }

    /// <summary>True once <see cref="ExpiresOn"/> was set.</summary>
    public bool HasExpiresOn { get; private set; }

    /// <summary>Sets a key, new or not.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This update.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the same update removes the key.</exception>
    public SecretUpdate Set(string key, SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_removed.Contains(key)) throw BothSetAndRemoved(key);
        _set[key] = value;
        return this;
    }

    /// <summary>Removes a key. It must be there when the update is applied.</summary>
    /// <param name="key">The key.</param>
    /// <returns>This update.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the same update sets the key.</exception>
    public SecretUpdate Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_set.ContainsKey(key)) throw BothSetAndRemoved(key);
        _removed.Add(key);
        return this;
    }

    private static SecretException BothSetAndRemoved(string key) =>
        new(SecretErrorCode.InvalidArgument, $"The update both sets and removes the key '{key}'. Do one of the two.") { Reason = "set-and-remove" };
}
