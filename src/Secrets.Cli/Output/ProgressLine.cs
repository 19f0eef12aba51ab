using System.Globalization;
using Secrets.Cli.Hosting;
using Secrets.Cli.Terminals;

namespace Secrets.Cli.Output;

/// <summary>
/// One line on standard error that says how far something is: from its second second on, on a terminal only, and gone when it is done. What is not
/// counted shows how long it has been going on.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int BarLength = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly string _what;
    private readonly ITerminal _terminal;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer? _timer;
    private int? _total;
    private int _done;
    private bool _isShown;
    private bool _isOver;

    public ProgressLine(string what, int? total, ITerminal terminal, CommandEnvironment environment)
    {
        (_what, _total, _terminal, _time) = (what, total, terminal, environment.Time);
        _start = _time.GetTimestamp();
        // A dumb terminal cannot take a line back.
        if (terminal.IsErrorTerminal && environment.Variable("TERM") is not ("dumb" or "" or null))
            _timer = _time.CreateTimer(_ => Draw(), null, Patience, Period);
    }

    /// <summary>Says how many steps there are, as soon as that is known.</summary>
    public void Expect(int total)
    {
        lock (_gate)
            _total = total;
    }

    /// <summary>One step is done.</summary>
    public void Step()
    {
        lock (_gate)
            _done++;
    }

    /// <summary>Takes the line away, so that something else can be written; it comes back with the next look at the clock.</summary>
    public void Hide()
    {
        lock (_gate)
        {
            if (_isShown)
                _terminal.Error.Write("\r\e[K");
            _isShown = false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _isOver = true;
        _timer?.Dispose();
        Hide();
    }

    private void Draw()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            // One column is left free: a line as wide as the terminal would break, and then not be taken back.
            _terminal.Error.Write($"\r{TextWidth.Cut(Text(), _terminal.ErrorWidth - 1)}\e[K");
            _terminal.Error.Flush();
            _isShown = true;
        }
    }

    private string Text()
    {
        string elapsed = string.Create(CultureInfo.InvariantCulture, $"{_time.GetElapsedTime(_start).TotalSeconds:0} s");
        if (_total is not { } total)
            return _done == 0 ? $"{_what} ... {elapsed}" : string.Create(CultureInfo.InvariantCulture, $"{_what} {_done} ... {elapsed}");
        int filled = total == 0 ? BarLength : (int)((long)BarLength * Math.Min(_done, total) / total);
        return string.Create(CultureInfo.InvariantCulture, $"{_what} [{new string('#', filled)}{new string('.', BarLength - filled)}] {_done}/{total}  {elapsed}");
    }
}
