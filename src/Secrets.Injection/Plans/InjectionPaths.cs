namespace Secrets;

/// <summary>Where files of secrets may be.</summary>
internal static class InjectionPaths
{
    /// <summary>A directory of a plan as a full path.</summary>
    internal static string Under(string mountRoot, string directory) => directory.StartsWith('/') ? directory : $"{mountRoot.TrimEnd('/')}/{directory}";

    /// <summary>A name as one step of a path; refused if it is none, or is one of the links that a mount is made of.</summary>
    internal static string Step(string name, string what)
    {
        bool legal = name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.StartsWith("..", StringComparison.Ordinal)
            && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0 && !name.Any(char.IsControl);
        return legal ? name : throw Wrong($"{what} cannot be the name of a file: it is empty, too long, begins with two dots, or holds a slash or control character.", "file-name");
    }

    /// <summary>A relative path without steps upwards.</summary>
    internal static string Relative(string path, string what)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (string step in steps) Step(step, $"{what} '{path}'");
        if (path.StartsWith('/') || steps.Length == 0) throw Wrong($"{what} '{path}' must be a relative path.", "sub-path");
        return string.Join('/', steps);
    }

    internal static string Absolute(string path, string what)
    {
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal)) throw Wrong($"{what} '{path}' must be absolute, as in /secrets/name.", "mount-path");
        string full = Path.GetFullPath(path);
        return full == "/" ? throw Wrong($"{what} cannot be the root directory.", "mount-path") : full.TrimEnd('/');
    }

    /// <summary>A path that must be at or below a base, after <c>..</c> and after following the links that are there.</summary>
    internal static string Confined(string home, string path, string what)
    {
        string root = Absolute(home, "The base directory");
        string full = Path.GetFullPath(Path.Combine(root, path));
        string realRoot = RealPath(root);
        string real = RealPath(full);
        bool inside = IsAtOrBelow(full, root) || IsAtOrBelow(full, realRoot);
        return inside && IsAtOrBelow(real, realRoot)
            ? full.TrimEnd('/')
            : throw Wrong($"{what} '{path}' leaves its base directory '{home}'. Choose a path below it.", "path-confinement");
    }

    /// <summary>The path with every link that is there followed; the rest as it is.</summary>
    internal static string RealPath(string path)
    {
        string real = "/";
        int links = 0;
        Stack<string> rest = new(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out string? step))
        {
            if (step == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            string next = Path.Combine(real, step);
            string? target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > 40) throw Wrong($"The path '{path}' goes round in links.", "path-confinement");
            if (target.StartsWith('/')) real = "/";
            foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").Reverse()) rest.Push(part);
        }

        return real;
    }

    private static bool IsAtOrBelow(string path, string root) => path == root || path.StartsWith(root + "/", StringComparison.Ordinal);

    private static SecretException Wrong(string message, string reason) => new(SecretErrorCode.InvalidArgument, message) { Reason = reason };
}
