namespace Secrets;

/// <summary>
/// What a secret is for: its keys, the variables and files that it exports, and how what the user has is turned into it. Data plus a parser:
/// a host makes its own as the built-in ones are made, and gives it to <see cref="SecretTypeRegistry"/>.
/// </summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public class SecretType
{
    /// <summary>Makes a type.</summary>
    /// <param name="id">What secrets of it have as <see cref="SecretProperties.Type"/>: lower case, digits and dashes.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not of that form.</exception>
    public SecretType(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length == 0 || !id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"'{id}' is not a type id: it takes a-z, 0-9 and -.") { Reason = "type-id" };
        Id = id;
        ListedAs = id;
    }

    /// <summary>What secrets of it have as <see cref="SecretProperties.Type"/>.</summary>
    public string Id { get; }

    /// <value>How listings show it. Default the id.</value>
    public string ListedAs { get; init; }

    /// <value>Other words for it, legacy ones included. Default none.</value>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <value>What it is for, in one line. Default empty.</value>
    public string Description { get; init; } = "";

    /// <value>The keys that it has. Default none.</value>
    public IReadOnlyList<SecretTypeKey> Keys { get; init; } = [];

    /// <value>What happens to keys that the type does not name; <see cref="SecretKeyExport.None"/> refuses them. Default none.</value>
    public SecretKeyExport OtherKeys { get; init; }

    /// <value>The variables that it exports. Default none.</value>
    public IReadOnlyList<SecretTypeVariable> Variables { get; init; } = [];

    /// <value>The files that it exports. Default none.</value>
    public IReadOnlyList<SecretTypeFile> Files { get; init; } = [];

    /// <value>
    /// The type to use for a second one where one plan can export only one of this type (its variables have fixed names); null for any number.
    /// Default null.
    /// </value>
    public string? OnlyOneElse { get; init; }

    /// <value>Checks the values beyond their presence; throws <see cref="SecretException"/> without showing them. Default null.</value>
    public Action<SecretValues>? Check { get; init; }

    /// <summary>Makes a secret of this type, ready to be created.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its pairs. Defaults are filled in.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a key is missing or unknown, or a value breaks a rule.</exception>
    public SecretDraft Draft(string name, SecretValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        SecretValues complete = new(values);
        foreach (SecretTypeKey key in Keys)
        {
            if (key.Default is not null && Find(complete, key) is null) complete[key.Name] = key.Default;
        }

        Validate(complete);
        return new SecretDraft(name, complete, Id);
    }

    /// <summary>Checks the pairs of a secret of this type.</summary>
    /// <param name="values">The pairs.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a key is missing or unknown, or a value breaks a rule.</exception>
    public void Validate(SecretValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] missing = [.. Keys.Where(key => key.IsRequired && Find(values, key) is null).Select(static key => key.Name)];
        if (missing.Length > 0) throw Wrong($"needs {string.Join(", ", missing)}", "type-missing-key");
        string[] unknown = [.. values.Keys.Where(name => !Keys.Any(key => key.Name == name || key.Aliases.Contains(name, StringComparer.Ordinal)))];
        if (OtherKeys == SecretKeyExport.None && unknown.Length > 0)
            throw Wrong($"does not have {string.Join(", ", unknown)}; it has {string.Join(", ", Keys.Select(static key => key.Name))}", "type-unknown-key");
        if (OtherKeys == SecretKeyExport.Variable)
        {
            foreach (string name in unknown) VariableNames.Check(name);
        }

        if (OtherKeys != SecretKeyExport.None && values.Count == 0) throw Wrong("needs one key-value pair at least", "type-missing-key");
        Check?.Invoke(values);
    }

    /// <summary>The id.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Id;

    /// <summary>The value of a key, under its name or an alias; or the only value, where the type has one required key.</summary>
    internal SecretValue? Find(IReadOnlyDictionary<string, SecretValue> values, SecretTypeKey key)
    {
        if (values.TryGetValue(key.Name, out SecretValue? value)) return value;
        foreach (string alias in key.Aliases)
        {
            if (values.TryGetValue(alias, out value)) return value;
        }

        bool onlyOne = key.IsRequired && Keys.Count(static k => k.IsRequired) == 1;
        return onlyOne && values.TryGetValue(SecretProperties.SingleKey, out value) ? value : null;
    }

    internal SecretValue? Find(IReadOnlyDictionary<string, SecretValue> values, string keyName) =>
        Keys.FirstOrDefault(key => key.Name == keyName) is { } key ? Find(values, key) : values.GetValueOrDefault(keyName);

    private SecretException Wrong(string problem, string reason) =>
        new(SecretErrorCode.InvalidArgument, $"A secret of type {Id} {problem}.") { Reason = reason };
}
