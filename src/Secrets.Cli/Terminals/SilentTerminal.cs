namespace Secrets.Cli.Terminals;

/// <summary>A terminal for work that nobody watches: nothing is shown, nobody answers.</summary>
internal sealed class SilentTerminal : ITerminal
{
    public TextWriter Out => TextWriter.Null;

    public TextWriter Error => TextWriter.Null;

    public bool CanAsk => false;

    public bool IsOutputTerminal => false;

    public bool IsErrorTerminal => false;

    public int Width => 80;

    public int ErrorWidth => Width;

    public Stream OpenInput() => Stream.Null;

    public Stream OpenOutput() => Stream.Null;

    public string? Ask(string question) => null;

    public SecretValue? AskUnechoed(string question) => null;
}
