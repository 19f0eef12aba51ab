using System.Globalization;

namespace Secrets.Leaks.Probing;

/// <summary>Takes the place of standard output and error.</summary>
public sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly TextWriter _shared;

    /// <summary>Starts catching.</summary>
    public CapturedConsole()
    {
        _shared = TextWriter.Synchronized(_text);
        Console.SetOut(_shared);
        Console.SetError(_shared);
    }

    /// <summary>What was written so far.</summary>
    public string Text
    {
        get
        {
            lock (_shared)
                return _text.ToString();
        }
    }

    /// <summary>Gives the console back.</summary>
    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
        _shared.Dispose();
    }
}
