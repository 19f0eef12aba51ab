using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>The tool on a real terminal.</summary>
[Platform("Linux,MacOsX")]
public sealed class PromptTests
{
    [Test]
    [Behaviour("P11")]
    public async Task A_value_that_is_typed_does_not_appear_on_the_screen()
    {
        using TemporaryDirectory directory = new();
        await RunAsync(directory, "init");
        string canary = Canary.Text();

        using (PseudoTerminal terminal = PseudoTerminal.Start(directory.Path, "create", "db", "--prompt", "password"))
        {
            await terminal.SeeAsync("password: ");
            await terminal.TypeAsync(canary);
            Assert.That(await terminal.EndAsync(), Is.Zero, terminal.Seen);
            Assert.That(terminal.Seen, Does.Contain("Created 'db'").And.Not.Contain(canary));
        }

        using PseudoTerminal shown = PseudoTerminal.Start(directory.Path, "get", "db", "--key", "password", "--reveal");
        Assert.That(await shown.EndAsync(), Is.Zero);
        Assert.That(shown.Seen.Trim(), Does.EndWith(canary));
    }

    [Test]
    public async Task Deleting_asks_and_takes_no_for_an_answer()
    {
        using TemporaryDirectory directory = new();
        await RunAsync(directory, "init");
        await RunAsync(directory, "create", "db", "password=not-a-real-one");

        using (PseudoTerminal terminal = PseudoTerminal.Start(directory.Path, "delete", "db"))
        {
            await terminal.SeeAsync("Delete 'db'? [y/N]");
            await terminal.TypeAsync("n");
            Assert.That(await terminal.EndAsync(), Is.EqualTo(1));
        }

        await RunAsync(directory, "get", "db");
    }

    [Test]
    public async Task Errors_have_colour_on_a_terminal_that_knows_it_and_none_on_one_that_does_not()
    {
        using TemporaryDirectory directory = new();
        using PseudoTerminal colourful = PseudoTerminal.StartOn("xterm", directory.Path, "completion", "tcsh");
        Assert.That(await colourful.EndAsync(), Is.EqualTo(2));
        Assert.That(colourful.Seen, Does.Contain("\e[1;31msecrets:\e[0m 'tcsh' is no shell"));

        using PseudoTerminal dumb = PseudoTerminal.Start(directory.Path, "completion", "tcsh");
        Assert.That(await dumb.EndAsync(), Is.EqualTo(2));
        Assert.That(dumb.Seen, Does.StartWith("secrets: 'tcsh' is no shell"));
    }

    [Test]
    public async Task No_input_asks_nothing_on_a_terminal()
    {
        using TemporaryDirectory directory = new();
        await RunAsync(directory, "init");
        using PseudoTerminal terminal = PseudoTerminal.Start(directory.Path, "create", "db", "--prompt", "password", "--no-input");

        Assert.That(await terminal.EndAsync(), Is.EqualTo(2));
        Assert.That(terminal.Seen, Does.Contain("no terminal to ask").And.Not.Contain("password: "));
    }

    private static async Task RunAsync(TemporaryDirectory directory, params string[] arguments)
    {
        using PseudoTerminal terminal = PseudoTerminal.Start(directory.Path, arguments);
        Assert.That(await terminal.EndAsync(), Is.Zero, terminal.Seen);
    }
}
