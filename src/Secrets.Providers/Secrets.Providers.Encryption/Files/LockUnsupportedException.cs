namespace Secrets;

/// <summary>The file system has no lock that would keep other processes out, so that two could write at the same place.</summary>
internal sealed class LockUnsupportedException(string path) : IOException($"'{path}' cannot be locked.");
