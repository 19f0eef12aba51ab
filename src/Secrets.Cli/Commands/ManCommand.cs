using System.CommandLine;
using Secrets.Cli.Hosting;
using Secrets.Cli.Manual;

namespace Secrets.Cli.Commands;

/// <summary>Prints the manual page.</summary>
internal sealed class ManCommand : SecretsCommand
{
    public ManCommand()
        : base("man", "Print the manual page of this tool.", "secrets man | man -l -", "secrets man > ~/.local/share/man/man1/secrets.1")
    {
    }

    protected override Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        call.Terminal.Out.Write(ManualPage.Of((RootCommand)call.Parsed.RootCommandResult.Command));
        return Task.FromResult(ExitCode.Done);
    }
}
