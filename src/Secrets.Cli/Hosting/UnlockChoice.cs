namespace Secrets.Cli.Hosting;

/// <summary>
/// What opens an encrypted file: <c>--key-file</c>; else what the environment offers, which the store reads by itself; else the key file beside the
/// store; else, when there is somebody to ask, a passphrase.
/// </summary>
internal static class UnlockChoice
{
    private static readonly string[] Variables = ["SECRETS_KEY_FILE", "SECRETS_KEY", "SECRETS_PASSPHRASE_FILE", "SECRETS_PASSPHRASE", "CREDENTIALS_DIRECTORY"];

    public static void Fill(CommandCall call, EncryptedFileOptions options, string? keyFile)
    {
        options.OnWarning = warning => call.Note(warning.Message);
        if (keyFile is { Length: > 0 })
            options.Unlock.Add(UnlockMethod.KeyFile(call.Environment.FullPath(keyFile)));
        else if (call.CanAsk && !Variables.Any(name => call.Environment.Variable(name) is { Length: > 0 }) && !File.Exists(options.Path + ".key"))
            options.Unlock.Add(AskForPassphrase(call, options.Path));
    }

    /// <summary>Asks once for a passphrase that opens a store, however often a command opens it.</summary>
    public static UnlockMethod AskForPassphrase(CommandCall call, string path)
    {
        SecretValue? typed = null;
        return UnlockMethod.Passphrase(_ => ValueTask.FromResult(typed ??= call.Terminal.AskUnechoed($"passphrase of {Path.GetFileName(path)}: ")), "passphrase");
    }

    /// <summary>Asks twice for a passphrase that is to be.</summary>
    public static UnlockMethod AskForNewPassphrase(CommandCall call)
    {
        if (!call.CanAsk)
            throw new UsageException("There is no terminal to ask for a passphrase on. Set SECRETS_PASSPHRASE_FILE, or leave out --passphrase for a key file.");
        SecretValue? first = call.Terminal.AskUnechoed("new passphrase: ");
        SecretValue? second = call.Terminal.AskUnechoed("once more: ");
        if (first is null || first.ByteCount == 0 || first != second)
            throw new UsageException("The two passphrases differ, or are empty. Nothing was changed.");
        return UnlockMethod.Passphrase(first);
    }
}
