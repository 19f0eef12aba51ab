using Secrets.Cli.Terminals;

namespace Secrets.Cli.Hosting;

/// <summary>What surrounds one call of the tool: terminal, environment variables, directory, clock. Commands see the process only through it.</summary>
internal sealed class CommandEnvironment
{
    public required ITerminal Terminal { get; init; }

    /// <summary>The directory that relative paths start from.</summary>
    public required string Directory { get; init; }

    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user whose private secrets are in reach when nothing else is said.</summary>
    public required string UserName { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A store that is given rather than found, for tests and for hosts of these commands.</summary>
    public Action<ISecretsBuilder>? UseStore { get; init; }

    /// <summary>Adds the store of a URL; tests give one a client of their own.</summary>
    public Action<ISecretsBuilder, string> UseUrl { get; init; } = static (secrets, url) => secrets.UseStoreUrl(url);

    public static CommandEnvironment OfProcess() => new()
    {
        Terminal = new ProcessTerminal(),
        Directory = System.IO.Directory.GetCurrentDirectory(),
        Variable = Environment.GetEnvironmentVariable,
        UserName = Environment.UserName,
    };

    /// <summary>The same surroundings with nobody there.</summary>
    public CommandEnvironment Silent() => new()
    {
        Terminal = new SilentTerminal(),
        Directory = Directory,
        Variable = Variable,
        UserName = UserName,
        Time = Time,
        UseStore = UseStore,
        UseUrl = UseUrl,
    };

    /// <summary>A path as the person meant it: <c>~</c> is home, relative is from here.</summary>
    public string FullPath(string path)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            path = Path.Join(Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..]);
        return Path.GetFullPath(path, Directory);
    }
}
