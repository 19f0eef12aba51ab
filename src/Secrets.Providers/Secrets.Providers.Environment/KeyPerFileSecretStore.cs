namespace Secrets;

/// <summary>
/// A directory of files as public secrets at team scope: what a mount of this library, a Kubernetes volume, Docker's <c>/run/secrets</c> or systemd's
/// <c>$CREDENTIALS_DIRECTORY</c> holds. A file is a secret with the one key <c>value</c>; a directory is a secret whose keys are its files.
/// </summary>
/// <remarks>
/// Read-only, and safe to use from any thread. A directory with a <c>..data</c> link is read through that link, followed once, so all keys of a secret
/// come from one version even while it is swapped, and a swap is seen at the next read. Hidden files are passed over. No file outside the
/// directory is read, whatever name is asked for.
/// </remarks>
public sealed class KeyPerFileSecretStore : ReadOnlySecretStore
{
    private const string DataLink = "..data";
    private const int SwapAttempts = 20;

    private readonly string _root;
    private readonly KeyPerFileSecretStoreOptions _options;

    /// <summary>Makes a store.</summary>
    /// <param name="directory">The directory. It need not be there yet.</param>
    /// <param name="options">How; null for the defaults.</param>
    public KeyPerFileSecretStore(string directory, KeyPerFileSecretStoreOptions? options = null)
        : base((options ??= new()).Name, SecretStoreFeatures.Binary, options.MaxFileBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _root = Path.GetFullPath(directory);
        _options = options;
    }

    private protected override Secret? Find(SecretAddress address) =>
        address.Scope == SecretScope.Team && address.Owner is null && IsStep(address.Name) ? Unswapped(root => Read(root, address.Name)) : null;

    private protected override IEnumerable<Secret> All() => Unswapped<IEnumerable<Secret>>(root => !Directory.Exists(root)
        ? []
        : [.. Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).OfType<string>().Where(IsStep).Select(name => Read(root, name)).OfType<Secret>()]);

    // Between following the link and opening the last file, the directory behind it may be replaced and taken away: then everything is read again.
    private T Unswapped<T>(Func<string, T> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            string root = Current(_root);
            try
            {
                T result = read(root);
                DemandStillCurrent(_root, root);
                return result;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && attempt < SwapAttempts)
            {
                // Once more, from the link on.
            }
        }
    }

    private Secret? Read(string root, string name)
    {
        string path = Path.Combine(root, name);
        SecretValues values = [];
        if (Directory.Exists(path))
        {
            string directory = Current(path);
            foreach (string file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Where(static file => IsStep(Path.GetFileName(file))))
                values.Add(Path.GetFileName(file), ReadFile(file));
            DemandStillCurrent(path, directory);
        }
        else if (File.Exists(path))
        {
            values.Add(SecretProperties.SingleKey, ReadFile(path));
        }

        if (values.Count == 0) return null;
        return new Secret(new SecretProperties(SecretAddress.Public(name), Fingerprint.Of(values)) { KeyNames = [.. values.Keys], UpdatedOn = File.GetLastWriteTimeUtc(path) }, values);
    }

    private SecretValue ReadFile(string path)
    {
        if (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target && !IsBelow(target.FullName))
            throw new IOException($"'{Path.GetFileName(path)}' is a link that leaves the directory.");
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > _options.MaxFileBytes) throw new IOException($"'{Path.GetFileName(path)}' is larger than {_options.MaxFileBytes} bytes.");
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        ReadOnlySpan<byte> content = bytes;
        if (_options.TrimLineEnds)
        {
            ReadOnlySpan<byte> trimmed = content.TrimEnd("\r\n"u8);
            if (trimmed.IndexOfAny((byte)'\r', (byte)'\n') < 0 && System.Text.Unicode.Utf8.IsValid(trimmed)) content = trimmed;
        }

        return SecretValue.FromBytes(content);
    }

    private bool IsBelow(string path)
    {
        string real = new DirectoryInfo(_root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? _root;
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || path.StartsWith(real + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Current(string directory)
    {
        string? target = new FileInfo(Path.Combine(directory, DataLink)).LinkTarget;
        return target is null ? directory : Path.GetFullPath(Path.Combine(directory, target));
    }

    // What was found missing, or half there, in a directory that is no longer the current one says nothing about the secret.
    private static void DemandStillCurrent(string directory, string followed)
    {
        if (!string.Equals(Current(directory), followed, StringComparison.Ordinal))
            throw new DirectoryNotFoundException($"'{directory}' was replaced while it was read, {SwapAttempts} times over.");
    }

    private static bool IsStep(string name) => name.Length > 0 && name[0] != '.' && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0;
}
