namespace Secrets;

internal sealed class PathIsLinkException(string path, string target) : IOException($"'{path}' is a link to '{target}'.");
