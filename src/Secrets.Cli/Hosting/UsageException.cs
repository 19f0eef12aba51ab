namespace Secrets.Cli.Hosting;

/// <summary>The command line cannot be understood, or asks for what does not go together. Ends with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
