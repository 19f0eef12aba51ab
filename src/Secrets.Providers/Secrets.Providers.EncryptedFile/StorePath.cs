namespace Secrets;

/// <summary>Reads a store's place: a path, or <c>encrypted-file:///path</c>.</summary>
internal static class StorePath
{
    internal static string Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Refused("an empty text");
        if (!text.StartsWith(EncryptedFileOptions.UrlScheme + ":", StringComparison.OrdinalIgnoreCase))
            return Full(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Host.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || url.AbsolutePath.Length < 2)
            throw Refused($"'{text}'");
        return Full(Uri.UnescapeDataString(url.AbsolutePath));
    }

    private static string Full(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || Path.EndsInDirectorySeparator(path))
            throw Refused($"'{path}'");
        return Path.GetFullPath(path);
    }

    private static SecretException Refused(string what) => new(
        SecretErrorCode.InvalidArgument,
        $"{what} is not the place of an encrypted file store. Give a file path, or {EncryptedFileOptions.UrlScheme}:///full/path.")
    {
        Reason = "store-path",
    };
}
