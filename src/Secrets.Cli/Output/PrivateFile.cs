using System.Text;

namespace Secrets.Cli.Output;

/// <summary>Writes a file with plaintext in it: 0600 from its first byte, whole or not at all, and over nothing unless told to.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string path, string text, bool replace, CancellationToken cancellationToken)
    {
        if (!replace && (File.Exists(path) || Directory.Exists(path)))
            throw new SecretException(SecretErrorCode.AlreadyExists, $"{path} is there already and was not touched. Use --force to replace it.");
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            FileStream file = new(temporary, options);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            // Without replace, a link is made rather than a rename: it fails if somebody else came first.
            File.Move(temporary, path, overwrite: replace);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
