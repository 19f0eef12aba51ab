using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests.Terminals;

/// <summary>Progress: after a second, on a terminal, and gone when it is done.</summary>
public sealed class ProgressLineTests
{
    private const string Gone = "\r\e[K";

    private readonly ManualTimeProvider _time = new();

    [Test]
    public void What_takes_less_than_a_second_shows_nothing()
    {
        FakeTerminal terminal = new("", []);
        using (ProgressLine progress = new("copying", 10, terminal, Surroundings(terminal)))
        {
            progress.Step();
            _time.Advance(TimeSpan.FromMilliseconds(999));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(terminal.ErrorText, Is.Empty);
    }

    [Test]
    public void After_a_second_there_is_a_bar_that_grows_and_is_taken_away()
    {
        FakeTerminal terminal = new("", []);
        using (ProgressLine progress = new("copying", 4, terminal, Surroundings(terminal)))
        {
            progress.Step();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(terminal.ErrorText, Is.EqualTo("\rcopying [######..................] 1/4  1 s\e[K"));
            progress.Step();
            progress.Step();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(terminal.ErrorText, Does.EndWith("\rcopying [##################......] 3/4  2 s\e[K"));
        }

        Assert.That(terminal.ErrorText, Does.EndWith(Gone));
        int length = terminal.ErrorText.Length;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(terminal.ErrorText, Has.Length.EqualTo(length));
    }

    [Test]
    public void Without_a_total_it_counts_and_without_steps_it_shows_the_time()
    {
        FakeTerminal terminal = new("", []);
        using ProgressLine progress = new("looking at files:", null, terminal, Surroundings(terminal));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(terminal.ErrorText, Does.EndWith("\rlooking at files: ... 3 s\e[K"));

        progress.Step();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(terminal.ErrorText, Does.EndWith("\rlooking at files: 1 ... 4 s\e[K"));
    }

    [Test]
    public void The_line_is_never_as_wide_as_the_terminal()
    {
        FakeTerminal terminal = new("", []) { Width = 20 };
        using ProgressLine progress = new("copying", 4, terminal, Surroundings(terminal));
        _time.Advance(TimeSpan.FromSeconds(1));

        string line = terminal.ErrorText.Replace("\r", "", StringComparison.Ordinal).Replace("\e[K", "", StringComparison.Ordinal);
        Assert.That(line, Has.Length.EqualTo(19).And.EndsWith("…"));
    }

    [TestCase(false, "xterm", TestName = "No_progress_where_there_is_no_terminal")]
    [TestCase(true, "dumb", TestName = "No_progress_on_a_terminal_that_cannot_take_a_line_back")]
    public void Nothing_is_shown(bool isTerminal, string term)
    {
        FakeTerminal terminal = new("", isTerminal ? [] : null);
        using (ProgressLine progress = new("copying", 4, terminal, Surroundings(terminal, term)))
        {
            progress.Step();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(terminal.ErrorText, Is.Empty);
        Assert.That(_time.PendingTimers, Is.Zero);
    }

    private CommandEnvironment Surroundings(FakeTerminal terminal, string term = "xterm") => new()
    {
        Terminal = terminal,
        Directory = "/",
        Variable = name => name == "TERM" ? term : null,
        UserName = "ada",
        Time = _time,
    };
}
