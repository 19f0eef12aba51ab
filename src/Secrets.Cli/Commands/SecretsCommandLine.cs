using System.CommandLine;
using System.CommandLine.Help;
using Secrets.Cli.Commands.Store;
using Secrets.Cli.Hosting;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>The whole tool: every command under one root.</summary>
internal static class SecretsCommandLine
{
    /// <summary>Asks for the version of the tool.</summary>
    public const string VersionOption = "--version";

    private static readonly TimeSpan TimeForCleaning = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandEnvironment environment, CancellationToken cancellationToken = default)
    {
        GlobalOptions options = new();
        RootCommand root = Create(environment, options);
        // Without this, the parser would take a word like @file for a file of further arguments.
        ParserConfiguration configuration = new() { ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, configuration);
        try
        {
            if (OptionsFile.Fill(parsed, arguments, options, environment) is { } filled)
                parsed = root.Parse(filled, configuration);
        }
        catch (UsageException e)
        {
            return CommandErrors.Report(new CommandCall(parsed, options, environment), e.Message, ExitCode.Usage);
        }

        if (parsed.Errors.Count > 0)
            return Misunderstood(parsed, environment);

        InvocationConfiguration invocation = new()
        {
            Output = environment.Terminal.Out,
            Error = environment.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            // A signal cancels the command; what it has in plaintext on a disk has to be gone before the process is.
            ProcessTerminationTimeout = parsed.CommandResult.Command is SecretsCommand { TakesSignals: true } ? null : TimeForCleaning,
        };
        int code = await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        await environment.Terminal.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return code;
    }

    internal static RootCommand Create(CommandEnvironment environment) => Create(environment, new GlobalOptions());

    private static RootCommand Create(CommandEnvironment environment, GlobalOptions options)
    {
        RootCommand root = new("Keep secrets once, refer to them by name, have them arrive where the work runs.");
        options.AddTo(root);
        foreach (SecretsCommand command in Commands())
        {
            command.Bind(options, environment);
            root.Add(command);
        }

        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
            // On every system but one these are the paths of files.
            help.Aliases.Remove("/?");
            help.Aliases.Remove("/h");
        }

        return root;
    }

    private static IEnumerable<SecretsCommand> Commands() =>
    [
        new InitCommand(),
        new CreateCommand(),
        new GetCommand(),
        new ListCommand(),
        new UpdateCommand(),
        new SetCommand(),
        new RenameCommand(),
        new DeleteCommand(),
        new RotateCommand(),
        new VersionsCommand(),
        new RollbackCommand(),
        new DestroyCommand(),
        new RecoverCommand(),
        new PurgeCommand(),
        new ExplainCommand(),
        new TypesCommand(),
        new RefsCommand(),
        new ValidateCommand(),
        new RegisterCommand(),
        new InjectCommand(),
        new RunCommand(),
        new MountCommand(),
        new ScanCommand(),
        new ExportCommand(),
        new CopyCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new StoreCommand(),
        new CompletionCommand(),
        new ManCommand(),
    ];

    private static int Misunderstood(ParseResult parsed, CommandEnvironment environment)
    {
        Command command = parsed.CommandResult.Command;
        string? word = parsed.UnmatchedTokens.FirstOrDefault();
        IEnumerable<string> messages = command.Subcommands.Count > 0 && word is not null
            ? [$"'{word}' is no command.{DidYouMean(word, command.Subcommands.SelectMany(child => child.Aliases.Append(child.Name)))}"]
            : parsed.Errors.Select(error => error.Message).Distinct();
        foreach (string message in messages)
            environment.Terminal.Error.WriteLine($"secrets: {message}");
        environment.Terminal.Error.WriteLine($"secrets: see {CommandPath(parsed)} --help");
        return ExitCode.Usage;
    }

    private static string DidYouMean(string word, IEnumerable<string> known) =>
        NearNames.Of(word, known).FirstOrDefault() is { } near ? $" Did you mean {near}?" : "";

    private static string CommandPath(ParseResult parsed)
    {
        Stack<string> names = [];
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
            names.Push(command.Command is RootCommand ? "secrets" : command.Command.Name);
        return string.Join(' ', names);
    }
}
