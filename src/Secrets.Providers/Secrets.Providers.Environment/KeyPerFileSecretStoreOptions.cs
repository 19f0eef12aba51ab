namespace Secrets;

/// <summary>How a directory of files is read as secrets.</summary>
public sealed class KeyPerFileSecretStoreOptions
{
    /// <value>The store's name in errors and traces. Default <c>key-per-file</c>.</value>
    public string Name { get; set; } = "key-per-file";

    /// <value>
    /// Whether line ends at the end of a text of one line are left out, as editors and <c>echo</c> put them there. Text of several lines (a private
    /// key) and bytes stay as they are. Default true.
    /// </value>
    public bool TrimLineEnds { get; set; } = true;

    /// <value>The largest file that is read, in bytes. Default 1 MiB.</value>
    public int MaxFileBytes { get; set; } = 1024 * 1024;
}
