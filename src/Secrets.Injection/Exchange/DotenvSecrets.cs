using System.Globalization;

namespace Secrets;

/// <summary>
/// Many secrets as one dotenv file, each pair a line whose variable says where it belongs: <c>name__key</c>, <c>scope__name__key</c>,
/// <c>private__scope__name__key</c>, or the name alone for a public secret of one value at team scope. After an empty part comes what is no pair: <c>name____type</c>,
/// <c>____description</c>, <c>____expires</c>, <c>____tag__TAG</c>, and <c>____base64__key</c> for bytes.
/// </summary>
internal static class DotenvSecrets
{
    private const string Private = "private";

    public static SecretValue Write(IEnumerable<Secret> secrets) => SecretValue.FromString(DotEnvFile.Format(secrets.SelectMany(Lines)));

    public static IReadOnlyList<SecretImport> Read(SecretValue document)
    {
        if (!document.IsText) throw Refused("It is no text.");
        DotEnvFile file = DotEnvFile.Parse(document.RevealString());
        // Elsewhere a bad line is passed over; an import that left something out would not be one.
        if (file.Warnings.FirstOrDefault(warning => warning.EndsWith("skipped", StringComparison.Ordinal)) is { } skipped)
            throw Refused($"Its {skipped.Split(':')[0]} is not KEY=VALUE.");
        List<SecretImport> secrets = [];
        Dictionary<(string, string?, bool), SecretImport> byPlace = [];
        foreach ((string variable, SecretValue value) in file.Values)
            Add(secrets, byPlace, variable, value);
        return secrets.All(secret => secret.Values.Count > 0) ? secrets : throw Refused($"'{secrets.First(secret => secret.Values.Count == 0).Name}' has no pair.");
    }

    private static IEnumerable<KeyValuePair<string, SecretValue>> Lines(Secret secret)
    {
        SecretProperties properties = secret.Properties;
        if (secret.Name.Length == 0 || secret.Values.Count == 0 || secret.Values.ContainsKey("")) throw Unsupported(secret, "has no keys, or an empty one");
        bool isPrivate = properties.Visibility == SecretVisibility.Private;
        string scope = properties.Scope.ToString();
        string[] place = isPrivate ? [Private, scope, secret.Name] : properties.Scope == SecretScope.Team ? [secret.Name] : [scope, secret.Name];
        if (properties.Type is { } type) yield return Property(type, "type");
        if (properties.Description is { } description) yield return Property(description, "description");
        if (properties.ExpiresOn is { } expires) yield return Property(expires.ToString("O", CultureInfo.InvariantCulture), "expires");
        foreach ((string tag, string value) in properties.Tags)
            yield return Property(value, "tag", tag);
        foreach ((string key, SecretValue value) in secret.Values)
        {
            bool fits = value.IsText && !value.RevealBytes().Contains((byte)0);
            string[] name = !fits ? [.. place, "", "base64", key] : place.Length == 1 && secret.Values.Count == 1 && key == SecretProperties.SingleKey ? place : [.. place, key];
            yield return KeyValuePair.Create(DotenvVariable.Write(name), fits ? value : SecretValue.FromString(Convert.ToBase64String(value.RevealBytes())));
        }

        KeyValuePair<string, SecretValue> Property(string text, params string[] words) => text.Contains('\0', StringComparison.Ordinal)
            ? throw Unsupported(secret, "has a description or tag with NUL")
            : KeyValuePair.Create(DotenvVariable.Write([.. place, "", .. words]), SecretValue.FromString(text));
    }

    private static void Add(List<SecretImport> secrets, Dictionary<(string, string?, bool), SecretImport> byPlace, string variable, SecretValue value)
    {
        IReadOnlyList<string> parts = DotenvVariable.Read(variable) ?? throw Refused($"'{variable}' is not how a secret is named there.");
        int empty = 0;
        while (empty < parts.Count && parts[empty].Length > 0) empty++;
        bool isProperty = empty < parts.Count;
        string[] place = [.. isProperty ? parts.Take(empty) : parts.Count == 1 ? parts : parts.SkipLast(1)];
        bool isPrivate = place.Length == 3;
        if (place.Length is 0 or > 3 || (isPrivate && place[0] != Private)) throw Refused($"'{variable}' is not how a secret is named there.");
        string? scope = place.Length == 1 ? null : place[^2];
        if (!byPlace.TryGetValue((place[^1], scope, isPrivate), out SecretImport? secret))
        {
            CreateSecretOptions options = new() { Scope = ScopeOf(scope, variable), Visibility = isPrivate ? SecretVisibility.Private : SecretVisibility.Public };
            secrets.Add(secret = new SecretImport(place[^1], [], options));
            byPlace.Add((place[^1], scope, isPrivate), secret);
        }

        if (isProperty) SetProperty(secret, variable, [.. parts.Skip(empty + 1)], value);
        else AddPair(secret, variable, parts.Count == 1 ? SecretProperties.SingleKey : parts[^1], value);
    }

    private static void SetProperty(SecretImport secret, string variable, string[] words, SecretValue value)
    {
        string text = value.RevealString();
        switch (words)
        {
            case ["type"]: secret.Options.Type = text; break;
            case ["description"]: secret.Options.Description = text; break;
            case ["expires"] when DateTimeOffset.TryParseExact(text, ["O", "yyyy-MM-ddTHH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires):
                secret.Options.ExpiresOn = expires;
                break;
            case ["tag", string tag]: secret.Options.Tags[tag] = text; break;
            case ["base64", { Length: > 0 } key]: AddPair(secret, variable, key, FromBase64(variable, text)); break;
            default: throw Refused($"'{variable}' is neither a pair nor a property that there is.");
        }
    }

    private static void AddPair(SecretImport secret, string variable, string key, SecretValue value)
    {
        if (secret.Values.ContainsKey(key)) throw Refused($"'{variable}' gives a key for the second time.");
        secret.Values.Add(key, value);
    }

    private static SecretValue FromBase64(string variable, string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? SecretValue.FromBytes(bytes.AsSpan(0, length)) : throw Refused($"'{variable}' is not base64.");
    }

    private static SecretScope ScopeOf(string? scope, string variable)
    {
        try
        {
            return scope is null ? SecretScope.Team : SecretScope.Parse(scope);
        }
        catch (SecretException)
        {
            throw Refused($"'{variable}' names a scope that is none.");
        }
    }

    private static SecretException Unsupported(Secret secret, string problem) => new(
        SecretErrorCode.Unsupported, $"The secret {secret.Properties.Address} {problem}, which a dotenv file cannot hold. Export as JSON or YAML.")
    {
        Reason = "format",
    };

    private static SecretException Refused(string problem) => new(
        SecretErrorCode.InvalidArgument, $"The document is not a dotenv file of secrets. {problem} Nothing was imported.")
    {
        Reason = "document",
    };
}
