using System.CommandLine;
using Secrets.Cli.Completion;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Prints what a shell needs to complete commands, options and secret names.</summary>
internal sealed class CompletionCommand : SecretsCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh, fish or powershell." };

    public CompletionCommand()
        : base("completion", "Print a script that makes a shell complete commands, options and secret names.", "source <(secrets completion bash)", "secrets completion fish > ~/.config/fish/completions/secrets.fish")
    {
        _shell.CompletionSources.Add([.. CompletionScripts.All.Keys]);
        Add(_shell);
    }

    protected override Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string shell = call.Get(_shell)!;
        if (!CompletionScripts.All.TryGetValue(shell, out string? script))
            throw new UsageException($"'{shell}' is no shell that this knows: {string.Join(", ", CompletionScripts.All.Keys)}.");
        call.Terminal.Out.WriteLine(script);
        return Task.FromResult(ExitCode.Done);
    }
}
