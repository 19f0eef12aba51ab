namespace Secrets;

/// <summary>
/// The files of one mounted directory at one moment. The link that makes them current is followed once, so every file is of the same version;
/// reading them one by one through that link mixes versions when a change comes in between. Works for the kubelet's mounts too.
/// </summary>
/// <remarks>Immutable and safe to use from any thread. Read it at once: after a change the files it names stay for 30 s (ours) or go at once (the kubelet's).</remarks>
public sealed class SecretMountSnapshot
{
    private readonly string _root;

    private SecretMountSnapshot(string root) => _root = root;

    /// <summary>Which version of the files it is: the name of their directory.</summary>
    public string Generation => Path.GetFileName(_root);

    /// <summary>The files' paths below the directory, sorted.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root, file)).Order(StringComparer.Ordinal)];

    /// <summary>Opens a directory.</summary>
    /// <param name="directory">A directory that secrets are mounted at.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/> (<c>not-mounted</c>): it has no <c>..data</c> link.</exception>
    public static SecretMountSnapshot Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string? target = new FileInfo(Path.Combine(directory, ProjectedDirectory.DataLink)).LinkTarget;
        return target is null
            ? throw new SecretException(SecretErrorCode.NotFound, $"No secrets are mounted at '{directory}': it has no link ..data.") { Reason = "not-mounted" }
            : new SecretMountSnapshot(Path.GetFullPath(Path.Combine(directory, target)));
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Its path below the directory; steps upwards are refused.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>: no such file, or the snapshot is too old; <see cref="SecretErrorCode.InvalidArgument"/>: not a relative path.
    /// </exception>
    public SecretValue Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return SecretValue.FromBytes(File.ReadAllBytes(Path.Combine(_root, InjectionPaths.Relative(path, "The path"))));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SecretException(SecretErrorCode.NotFound, $"The mounted file '{path}' of {Generation} is not there (any more). Open a new snapshot.", e);
        }
    }
}
