namespace Secrets.Cli.Terminals;

/// <summary>The terminal, or the pipes, of this process.</summary>
internal sealed class ProcessTerminal : ITerminal
{
    private const int WidthWithoutTerminal = 120;

    public TextWriter Out => Console.Out;

    public TextWriter Error => Console.Error;

    public bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    public bool IsOutputTerminal => !Console.IsOutputRedirected;

    public bool IsErrorTerminal => !Console.IsErrorRedirected;

    public int Width => WidthOf(Console.IsOutputRedirected);

    public int ErrorWidth => WidthOf(Console.IsErrorRedirected);

    public Stream OpenInput() => Console.OpenStandardInput();

    public Stream OpenOutput() => Console.OpenStandardOutput();

    public string? Ask(string question)
    {
        Console.Error.Write(question);
        return Console.In.ReadLine();
    }

    public SecretValue? AskUnechoed(string question)
    {
        SecretValue? answer = UnechoedInput.ReadLine(() => Console.Error.Write(question));
        Console.Error.WriteLine();
        return answer;
    }

    private static int WidthOf(bool isRedirected)
    {
        if (isRedirected)
            return WidthWithoutTerminal;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : WidthWithoutTerminal;
        }
        catch (IOException)
        {
            return WidthWithoutTerminal;
        }
    }
}
