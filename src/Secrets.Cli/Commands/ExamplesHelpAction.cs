using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Secrets.Cli.Commands;

/// <summary>The usual help under the tool's own name, and below it lines to copy.</summary>
internal sealed class ExamplesHelpAction(HelpAction inner) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using StringWriter help = new();
        parseResult.InvocationConfiguration.Output = help;
        int code = inner.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;

        // The parser names the program after the file that runs, which is not what people type.
        output.Write(help.ToString().Replace(RootCommand.ExecutableName, "secrets", StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is SecretsCommand { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return code;
    }
}
