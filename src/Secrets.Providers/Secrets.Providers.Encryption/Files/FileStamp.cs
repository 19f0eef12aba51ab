namespace Secrets;

/// <summary>How a file looks from outside: what of it changes when another takes its place or somebody writes to it.</summary>
/// <param name="Inode">0 where it is not known.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ModifiedOn">As precise as the file system is.</param>
internal readonly record struct FileStamp(ulong Inode, long Length, DateTime ModifiedOn);
