namespace Secrets;

internal sealed class SystemdCredentialUnlock(string name) : KeyUnlock
{
    private const string DirectoryVariable = "CREDENTIALS_DIRECTORY";
    private const int MaxFileLength = 4096;

    private readonly string _name = CheckName(name);

    public override string Label => $"systemd credential {_name}";

    protected override SealingKey Read()
    {
        string? directory = Environment.GetEnvironmentVariable(DirectoryVariable);
        if (string.IsNullOrEmpty(directory))
            throw Missing($"{DirectoryVariable} is not set: this process was not started by systemd with credentials", null);
        try
        {
            // The directory is systemd's own: readable by the service only, whatever the mode of the files in it.
            using FileStream file = new(Path.Combine(directory, _name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] text = new byte[(int)Math.Min(file.Length, MaxFileLength)];
            file.ReadExactly(text);
            return Parse(text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Missing("it cannot be read from the credential directory", failure);
        }
    }

    private SecretException Missing(string why, Exception? inner) =>
        new(SecretErrorCode.Unauthenticated, $"The {Label} is not there ({why}). Add LoadCredential={_name}:PATH to the unit.", inner)
        {
            Reason = "credential-missing",
        };

    private static string CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        // The name becomes part of a path: it must not leave the directory.
        if (name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"'{name}' is not a credential name: it must be one file name.") { Reason = "credential-name" };
        return name;
    }
}
