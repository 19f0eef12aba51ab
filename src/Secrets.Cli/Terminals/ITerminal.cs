namespace Secrets.Cli.Terminals;

/// <summary>Where a command reads and writes: the answer to <see cref="Out"/>, everything for people to <see cref="Error"/>.</summary>
internal interface ITerminal
{
    /// <summary>Standard output as text. Only the answer.</summary>
    TextWriter Out { get; }

    /// <summary>Standard error as text: notes, warnings, prompts, errors.</summary>
    TextWriter Error { get; }

    /// <summary>True if a person can answer: standard input and standard error are a terminal.</summary>
    bool CanAsk { get; }

    /// <summary>True if standard output is a terminal, so that tables may be fitted and coloured.</summary>
    bool IsOutputTerminal { get; }

    /// <summary>True if standard error is a terminal, so that progress may be shown and errors coloured.</summary>
    bool IsErrorTerminal { get; }

    /// <summary>Columns of the terminal; a fixed number when there is none.</summary>
    int Width { get; }

    /// <summary>The same for standard error.</summary>
    int ErrorWidth { get; }

    /// <summary>Standard input as bytes.</summary>
    Stream OpenInput();

    /// <summary>Standard output as bytes, for a value as it is.</summary>
    Stream OpenOutput();

    /// <summary>Asks for a line that may be seen.</summary>
    string? Ask(string question);

    /// <summary>Asks for a value that is not echoed. Null at the end of input.</summary>
    SecretValue? AskUnechoed(string question);
}
