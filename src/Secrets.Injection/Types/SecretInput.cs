using System.Globalization;
using System.Security;

namespace Secrets;

/// <summary>Reads values as command lines and prompts of the platforms give them.</summary>
public static class SecretInput
{
    private const int MaxValueFileBytes = 10 * 1024 * 1024;

    /// <summary>
    /// Reads <c>key=value</c> pairs, split at the first <c>=</c>. A value <c>@path</c> is the file's content, untrimmed; <c>@@text</c> is the
    /// text <c>@text</c>.
    /// </summary>
    /// <param name="pairs">The pairs, one at least.</param>
    /// <returns>The values.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: no pair, an empty key or value, a key twice, or a file that is missing or is a directory.</exception>
    public static SecretValues ParsePairs(IEnumerable<string> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        SecretValues values = [];
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
                throw Wrong("A key-value pair is not KEY=VALUE with a key and a value.", "pair");
            string key = pair[..equals];
            if (values.ContainsKey(key)) throw Wrong($"The key '{key}' is given twice.", "duplicate-key");
            values.Add(key, ReadValue(key, pair[(equals + 1)..]));
        }

        return values.Count > 0 ? values : throw Wrong("At least one key-value pair is needed: KEY=VALUE.", "pair");
    }

    /// <summary>Reads dotenv files; a later file wins over an earlier one.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="warnings">What was skipped, by file and line.</param>
    /// <returns>The values.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a file is missing, or there is no pair in any.</exception>
    public static SecretValues ReadDotEnvFiles(IEnumerable<string> paths, out IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(paths);
        SecretValues values = [];
        List<string> all = [];
        foreach (string path in paths)
        {
            DotEnvFile file = DotEnvFile.Read(path);
            all.AddRange(file.Warnings.Select(warning => $"{path}: {warning}"));
            foreach ((string key, SecretValue value) in file.Values) values[key] = value;
        }

        warnings = all;
        return values.Count > 0 ? values : throw Wrong("The dotenv files have no KEY=VALUE line.", "pair");
    }

    /// <summary>A value as a user writes it: itself, <c>@path</c>, or <c>@@text</c>.</summary>
    internal static SecretValue ReadValue(string key, string text)
    {
        if (!text.StartsWith('@')) return text;
        return text.StartsWith("@@", StringComparison.Ordinal) ? text[1..] : ReadFile(text[1..], $"The file for the key '{key}'");
    }

    /// <summary>The whole file as a value.</summary>
    internal static SecretValue ReadFile(string path, string what)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Expand(path);
        if (Directory.Exists(full)) throw Wrong($"{what}, '{path}', is a directory. Give a file.", "file");
        try
        {
            if (new FileInfo(full).Length > MaxValueFileBytes)
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{what}, '{path}', is larger than {MaxValueFileBytes} bytes."), "file");
            return SecretValue.FromBytes(File.ReadAllBytes(full));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
        {
            string problem = e is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            throw new SecretException(SecretErrorCode.InvalidArgument, $"{what}, '{path}', {problem}. Check the path.", e) { Reason = "file" };
        }
    }

    internal static string Expand(string path)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (path == "~") return home;
        return path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : Path.GetFullPath(path);
    }

    private static SecretException Wrong(string message, string reason) => new(SecretErrorCode.InvalidArgument, message) { Reason = reason };
}
