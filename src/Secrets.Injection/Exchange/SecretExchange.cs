namespace Secrets;

/// <summary>
/// Secrets as documents in plaintext, to take along and to bring back. What is written reads back exactly, bytes included. A document is a
/// <see cref="SecretValue"/>, because it is one: it prints as stars until somebody reveals it.
/// </summary>
public static class SecretExchange
{
    /// <summary>What <see cref="ExportAll"/> writes as the document's format, in JSON and YAML.</summary>
    public const string DocumentFormat = "secrets-1";

    /// <summary>The pairs of one secret.</summary>
    /// <param name="values">The pairs.</param>
    /// <param name="format">How.</param>
    /// <returns>The document, as UTF-8.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/> (<c>format</c>): dotenv cannot hold a key or value; the message names the key.</exception>
    public static SecretValue Export(IReadOnlyDictionary<string, SecretValue> values, SecretExchangeFormat format = SecretExchangeFormat.Json)
    {
        ArgumentNullException.ThrowIfNull(values);
        return format switch
        {
            SecretExchangeFormat.Yaml => YamlPairs.Write(values),
            SecretExchangeFormat.Dotenv => Dotenv(values),
            _ => JsonPairs.Document(writer => JsonPairs.Write(writer, values)),
        };
    }

    /// <summary>Reads the pairs of one secret back.</summary>
    /// <param name="document">
    /// JSON: an object of texts, numbers, booleans (as they are written) and <c>{"base64": "..."}</c>. YAML: a mapping of scalars, as they are written, and
    /// <c>!!binary</c>. Or dotenv.
    /// </param>
    /// <param name="format">Which of the three.</param>
    /// <returns>The pairs, in the order of the document.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: it is not that (<c>document</c>; a null, a list and a mapping within are no values); in YAML, a key is
    /// there twice (<c>duplicate-key</c>) or there is an anchor or an alias (<c>anchor</c>). The message quotes nothing of the document.
    /// </exception>
    public static SecretValues Import(SecretValue document, SecretExchangeFormat format = SecretExchangeFormat.Json)
    {
        ArgumentNullException.ThrowIfNull(document);
        return format switch
        {
            SecretExchangeFormat.Yaml => YamlPairs.Read(document),
            SecretExchangeFormat.Dotenv => DotEnvFile.Parse(document.RevealString()).Values,
            _ => JsonPairs.Parsed(document, "a JSON object of keys and values", JsonPairs.Read),
        };
    }

    /// <summary>Reads the pairs of one secret from a document that is JSON or YAML, as <c>--values</c> takes it: JSON if it is that, else YAML.</summary>
    /// <param name="document">The document; see <see cref="Import"/>.</param>
    /// <param name="pairs">Pairs given besides, such as arguments. The document's win over them. Default none.</param>
    /// <returns>The pairs of both: first those given besides, then the document's.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: it is neither JSON nor YAML (<c>document</c>), or YAML that <see cref="Import"/> refuses
    /// (<c>duplicate-key</c>, <c>anchor</c>). The message quotes nothing of the document.
    /// </exception>
    public static SecretValues ImportValues(SecretValue document, IReadOnlyDictionary<string, SecretValue>? pairs = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        SecretValues values = [];
        foreach ((string key, SecretValue value) in pairs ?? new SecretValues())
            values[key] = value;
        SecretValues read = JsonOrYaml(document, given => Import(given), YamlPairs.Read, "neither a JSON object nor a YAML mapping of keys to plain values");
        foreach ((string key, SecretValue value) in read)
            values[key] = value;
        return values;
    }

    /// <summary>
    /// Many secrets as one document, with all that they are: name, scope, visibility, type, description, tags, expiry, pairs. Ids, versions and instants
    /// belong to the store that keeps them and stay there.
    /// </summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="format">How; see <c>docs/profiles-and-listing.md</c> for the three forms.</param>
    /// <returns>The document, as UTF-8.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Unsupported"/> (<c>format</c>): dotenv cannot hold a secret exactly, which is one without keys, with an empty key, or with
    /// NUL in a description or tag; the message names it.
    /// </exception>
    public static SecretValue ExportAll(IEnumerable<Secret> secrets, SecretExchangeFormat format = SecretExchangeFormat.Json)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return format switch
        {
            SecretExchangeFormat.Yaml => YamlSecrets.Write(secrets),
            SecretExchangeFormat.Dotenv => DotenvSecrets.Write(secrets),
            _ => JsonSecrets.Write(secrets),
        };
    }

    /// <summary>Reads many secrets back. Nothing is stored; see <see cref="SecretImport"/>.</summary>
    /// <param name="document">What <see cref="ExportAll"/> wrote, or in JSON and YAML the plain form <c>{"name": {"key": "value"}}</c>.</param>
    /// <param name="format">Which of the three; null for JSON if it is that, else YAML. Default null.</param>
    /// <returns>The secrets, in the order of the document.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: it is not that, or says something that there is not (<c>document</c>); a secret is there twice
    /// (<c>duplicate-secret</c>); in YAML also <c>duplicate-key</c> and <c>anchor</c>. No value is quoted.
    /// </exception>
    public static IReadOnlyList<SecretImport> ImportAll(SecretValue document, SecretExchangeFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        IReadOnlyList<SecretImport> secrets = format switch
        {
            SecretExchangeFormat.Json => JsonAll(document),
            SecretExchangeFormat.Yaml => YamlSecrets.Read(document),
            SecretExchangeFormat.Dotenv => DotenvSecrets.Read(document),
            _ => JsonOrYaml(document, JsonAll, YamlSecrets.Read, "neither JSON nor YAML with secrets in it"),
        };
        if (secrets.GroupBy(secret => (secret.Name, secret.Options.Scope, secret.Options.Visibility)).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The document has the {twice.Key.Visibility.ToString().ToLowerInvariant()} secret '{twice.Key.Name}' ({twice.Key.Scope}) twice. Nothing was imported.") { Reason = "duplicate-secret" };
        return secrets;
    }

    private static IReadOnlyList<SecretImport> JsonAll(SecretValue document) => JsonPairs.Parsed(document, JsonSecrets.What, JsonSecrets.Read);

    private static T JsonOrYaml<T>(SecretValue document, Func<SecretValue, T> json, Func<SecretValue, T> yaml, string neither)
    {
        try
        {
            return json(document);
        }
        catch (SecretException)
        {
            try
            {
                return yaml(document);
            }
            catch (SecretException e) when (e.Reason == "document")
            {
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The document is {neither}. Nothing was imported.") { Reason = "document" };
            }
        }
    }

    private static SecretValue Dotenv(IReadOnlyDictionary<string, SecretValue> values)
    {
        foreach ((string key, SecretValue value) in values)
        {
            bool isName = key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            string? problem = !isName ? "is no name of a variable" : !value.IsText ? "holds bytes that are no text" : value.RevealBytes().Contains((byte)0) ? "holds NUL" : null;
            if (problem is not null)
                throw new SecretException(SecretErrorCode.Unsupported, $"The key '{key}' {problem}, which a dotenv file cannot hold. Export as JSON or YAML.") { Reason = "format" };
        }

        return SecretValue.FromString(DotEnvFile.Format(values));
    }
}
