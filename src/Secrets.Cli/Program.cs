using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;

// What scripts ask before anything else needs no parser and no command; it is half of what a start costs.
if (args is [SecretsCommandLine.VersionOption])
{
    Console.Out.WriteLine(ToolVersion.Text);
    return ExitCode.Done;
}

// Waited for rather than awaited: there is nothing else for this thread to do, and an asynchronous entry is one more thing to compile at each start.
return SecretsCommandLine.RunAsync(args, CommandEnvironment.OfProcess()).GetAwaiter().GetResult();
