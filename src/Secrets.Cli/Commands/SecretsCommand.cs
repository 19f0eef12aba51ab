using System.CommandLine;
using Secrets.Cli.Completion;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>One verb of the tool: its options in its constructor, its work in <see cref="RunAsync"/>, its errors as one line and an exit code.</summary>
internal abstract class SecretsCommand : Command
{
    protected SecretsCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Lines that somebody can copy, shown under the help.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>True for a command that does with signals as it sees fit; else one cancels it.</summary>
    public virtual bool TakesSignals => false;

    /// <summary>Connects the command, and those below it, with what surrounds the call.</summary>
    public void Bind(GlobalOptions options, CommandEnvironment environment)
    {
        foreach (SecretsCommand child in Subcommands.OfType<SecretsCommand>())
            child.Bind(options, environment);
        foreach (Argument argument in Arguments.Where(argument => argument.Name is "name"))
            NameCompletion.AddTo(argument, options, environment);
        SetAction((parsed, cancellation) =>
        {
            CommandCall call = new(parsed, options, environment);
            return CommandErrors.GuardAsync(call, () => RunAsync(call, cancellation));
        });
    }

    /// <summary>Does the work; gives the exit code.</summary>
    protected abstract Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken);
}
