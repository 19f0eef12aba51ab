using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Output;
using Secrets.Cli.Terminals;

namespace Secrets.Cli.Hosting;

/// <summary>One call of one command: its arguments, its surroundings, and how it answers.</summary>
internal sealed class CommandCall(ParseResult parsed, GlobalOptions options, CommandEnvironment environment)
{
    private ToolSettings? _settings;
    private ProgressLine? _progress;

    public ParseResult Parsed => parsed;

    public CommandEnvironment Environment => environment;

    public GlobalOptions Options => options;

    public ITerminal Terminal => environment.Terminal;

    public OutputFormat Format => parsed.GetValue(options.Format);

    /// <summary>Colours for standard output.</summary>
    public Paint Paint => Paint.For(environment, Terminal.IsOutputTerminal);

    /// <summary>Colours for standard error.</summary>
    public Paint ErrorPaint => Paint.For(environment, Terminal.IsErrorTerminal);

    public bool CanAsk => !parsed.GetValue(options.NoInput) && Terminal.CanAsk;

    public ToolSettings Settings => _settings ??= ToolSettings.Find(environment.Directory);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Opens the store and puts the client over it. The caller disposes it.</summary>
    public Task<SecretsClient> OpenClientAsync(CancellationToken cancellationToken) => ClientSource.OpenAsync(this, cancellationToken);

    /// <summary>The same call with nobody there: nothing is shown or asked.</summary>
    public CommandCall Silently() => new(parsed, options, environment.Silent());

    public string? FirstOf(Option<string?> option, string variable, string? setting = null)
    {
        string? value = Get(option) ?? environment.Variable(variable) ?? setting;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Answers with a list.</summary>
    public void Answer(IReadOnlyList<Column> columns, IReadOnlyList<JsonObject> rows) => Terminal.Out.Write(Format switch
    {
        OutputFormat.Json => JsonText.Of(new JsonArray([.. rows.Select(row => row.DeepClone())])),
        OutputFormat.Yaml => YamlText.Of(new JsonArray([.. rows.Select(row => row.DeepClone())])),
        OutputFormat.Csv => TableText.Separated(columns, rows, ','),
        OutputFormat.Tsv => TableText.Separated(columns, rows, '\t'),
        _ => TableText.Fitted(columns, rows, Terminal.Width, Paint),
    });

    /// <summary>Answers with one thing: its fields for programs, a text for people.</summary>
    public void Answer(JsonObject fields, string forPeople) => Terminal.Out.Write(Format switch
    {
        OutputFormat.Json => JsonText.Of(fields),
        OutputFormat.Yaml => YamlText.Of(fields),
        OutputFormat.Table => forPeople.EndsWith('\n') ? forPeople : forPeople + "\n",
        _ => throw new UsageException("csv and tsv are for lists. Use --format table, json or yaml here."),
    });

    /// <summary>Tells people something that is not the answer.</summary>
    public void Note(string text)
    {
        _progress?.Hide();
        Terminal.Error.WriteLine($"{ErrorPaint.Note("secrets:")} {text}");
    }

    /// <summary>Shows, once it takes over a second and only on a terminal, that something is going on. Disposing takes the line away.</summary>
    public ProgressLine StartProgress(string what, int? total = null) =>
        _progress = new ProgressLine(what, total, Terminal, environment);

    /// <summary>Asks before something that cannot be undone; without a terminal the answer has to be on the command line.</summary>
    public bool Confirm(string question, string howWithoutAsking)
    {
        if (!CanAsk)
            throw new UsageException($"{question} There is no terminal to ask on: add {howWithoutAsking}.");
        return Terminal.Ask($"{question} [y/N] ")?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
