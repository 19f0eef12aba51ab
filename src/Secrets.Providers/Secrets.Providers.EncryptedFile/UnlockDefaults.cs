using System.Security.Cryptography;

namespace Secrets;

/// <summary>What opens a store when its host says nothing: what the environment offers, in the order that the command line documents.</summary>
internal static class UnlockDefaults
{
    internal const string CredentialName = "secrets-key";

    internal static IReadOnlyList<UnlockMethod> For(string storePath)
    {
        List<UnlockMethod> methods = [];
        if (IsSet("SECRETS_KEY_FILE", out string? keyFile))
            methods.Add(UnlockMethod.KeyFile(keyFile));
        if (IsSet("SECRETS_KEY", out _))
            methods.Add(UnlockMethod.EnvironmentVariable("SECRETS_KEY"));
        if (IsSet("SECRETS_PASSPHRASE_FILE", out string? passphraseFile))
            methods.Add(UnlockMethod.Passphrase(_ => ValueTask.FromResult<SecretValue?>(FromFile(passphraseFile)), $"passphrase file {passphraseFile}"));
        if (IsSet("SECRETS_PASSPHRASE", out _))
            methods.Add(UnlockMethod.Passphrase(_ => ValueTask.FromResult(FromVariable("SECRETS_PASSPHRASE")), "environment variable SECRETS_PASSPHRASE"));
        if (IsSet("CREDENTIALS_DIRECTORY", out string? credentials) && File.Exists(Path.Combine(credentials, CredentialName)))
            methods.Add(UnlockMethod.SystemdCredential(CredentialName));
        if (methods.Count == 0)
            methods.Add(UnlockMethod.KeyFile(storePath + ".key"));
        return methods;
    }

    private static bool IsSet(string variable, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = Environment.GetEnvironmentVariable(variable);
        return !string.IsNullOrEmpty(text);
    }

    private static SecretValue? FromVariable(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? SecretValue.FromString(text) : null;

    private static SecretValue FromFile(string path)
    {
        byte[] bytes = [];
        try
        {
            bytes = PrivateFile.Read(PhysicalFileOperations.Instance, path, $"passphrase file '{path}'", "passphrase-file");
            if (bytes.Length == PrivateFile.MaxLength)
                throw Failed($"The passphrase file '{path}' is too long to be one. Check SECRETS_PASSPHRASE_FILE.", null);
            // An editor puts a line feed at the end, which nobody means.
            return SecretValue.FromBytes(bytes.AsSpan().TrimEnd("\r\n"u8));
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw Failed($"The passphrase file '{path}' cannot be read. Check SECRETS_PASSPHRASE_FILE.", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static SecretException Failed(string message, Exception? inner) => new(SecretErrorCode.Unauthenticated, message, inner) { Reason = "passphrase-file" };
}
