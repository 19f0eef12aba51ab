namespace Secrets.Cli.Hosting;

/// <summary>Which store a call means: <c>--store</c>, <c>SECRETS_STORE</c>, <c>secrets.json</c> here or above, else the one encrypted file here.</summary>
/// <param name="Url">The URL of a store that is no file; null for an encrypted file.</param>
/// <param name="Path">The full path of an encrypted file; null for another store.</param>
internal sealed record StoreChoice(string? Url, string? Path)
{
    public const string DefaultFile = "app.secrets";

    private const string FileScheme = EncryptedFileOptions.UrlScheme + "://";

    public static StoreChoice Of(CommandCall call)
    {
        if (call.Get(call.Options.Store) is { Length: > 0 } given)
            return From(given, call.Environment.Directory, call);
        if (call.Environment.Variable("SECRETS_STORE") is { Length: > 0 } variable)
            return From(variable, call.Environment.Directory, call);
        if (WandbStoreUrl.OfVariables(call.Environment.Variable) is { } foreign)
            return new StoreChoice(foreign, null);
        if (call.Settings.Store is { Length: > 0 } setting)
            return From(setting, call.Settings.Directory, call);
        return new StoreChoice(null, FileHere(call.Environment.Directory));
    }

    /// <summary>An encrypted file, for commands that work on nothing else.</summary>
    public static string FileOf(CommandCall call) => Of(call).Path
        ?? throw new SecretException(SecretErrorCode.Unsupported, "This command works on an encrypted file. Name one: --store app.secrets");

    /// <summary>
    /// Gives what adds the store to a client. An encrypted file is opened here and now: a passphrase is asked for once, and what is wrong with the
    /// store is said before anything else.
    /// </summary>
    public async Task<Action<ISecretsBuilder>> OpenAsync(CommandCall call, string? keyFile, CancellationToken cancellationToken)
    {
        if (Url is { } url)
            return secrets => call.Environment.UseUrl(secrets, url);
        EncryptedFileOptions options = new(Path!);
        UnlockChoice.Fill(call, options, keyFile ?? call.Get(call.Options.KeyFile));
        EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        return secrets => secrets.UseStore(_ => store);
    }

    public static StoreChoice From(string text, string directory, CommandCall call)
    {
        if (text.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
            return new StoreChoice(null, new EncryptedFileOptions(text).Path);
        if (text.Contains("://", StringComparison.Ordinal))
            return new StoreChoice(WandbStoreUrl.Translate(text, call.Environment.Variable) ?? text, null);
        return new StoreChoice(null, text.StartsWith('~') ? call.Environment.FullPath(text) : System.IO.Path.GetFullPath(text, directory));
    }

    private static string FileHere(string directory)
    {
        string[] files = [.. Directory.EnumerateFiles(directory, "*.secrets").Order(StringComparer.Ordinal)];
        return files.Length switch
        {
            1 => files[0],
            0 => throw new UsageException("There is no store here. Make one: secrets init. Or name one: --store, SECRETS_STORE, secrets.json."),
            _ => throw new UsageException($"There are several stores here: {string.Join(", ", files.Select(System.IO.Path.GetFileName))}. Name one: --store {System.IO.Path.GetFileName(files[0])}"),
        };
    }
}
