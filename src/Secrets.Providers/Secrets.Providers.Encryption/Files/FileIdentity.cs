namespace Secrets;

/// <summary>Device and inode: whether an open file is the one that a path names.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
