using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;

namespace Secrets.Cli.Tests.Terminals;

/// <summary>Colour is for a person at a terminal who has not said no.</summary>
public sealed class ColourTests
{
    private const string Escape = "\e";

    [Test]
    public async Task On_a_terminal_headings_and_errors_have_colour()
    {
        Assert.That(await OutAsync(true, Term("xterm"), "types"), Does.StartWith("\e[1mTYPE ").And.Contain("\e[0m\n"));
        Assert.That(await ErrorAsync(true, Term("xterm"), "completion", "tcsh"), Does.StartWith("\e[1;31msecrets:\e[0m "));
    }

    [Test]
    public async Task In_a_pipe_there_is_none()
    {
        Assert.That(await OutAsync(false, Term("xterm"), "types"), Does.Not.Contain(Escape));
        Assert.That(await ErrorAsync(false, Term("xterm"), "completion", "tcsh"), Does.Not.Contain(Escape));
    }

    [TestCase("NO_COLOR", "1")]
    [TestCase("TERM", "dumb")]
    public async Task Who_says_no_gets_none(string variable, string value)
    {
        string? Variable(string name) => name == variable ? value : name == "TERM" ? "xterm" : null;

        Assert.That(await OutAsync(true, Variable, "types"), Does.Not.Contain(Escape));
        Assert.That(await ErrorAsync(true, Variable, "completion", "tcsh"), Does.Not.Contain(Escape));
    }

    [Test]
    public async Task An_empty_NO_COLOR_says_nothing() =>
        Assert.That(await OutAsync(true, name => name switch { "NO_COLOR" => "", "TERM" => "xterm", _ => null }, "types"), Does.Contain(Escape));

    [Test]
    public async Task What_is_for_programs_has_none_even_on_a_terminal()
    {
        foreach (string format in new[] { "json", "yaml", "csv", "tsv" })
            Assert.That(await OutAsync(true, Term("xterm"), "types", "--format", format), Does.Not.Contain(Escape), format);
    }

    private static Func<string, string?> Term(string term) => name => name == "TERM" ? term : null;

    private static async Task<string> OutAsync(bool isTerminal, Func<string, string?> variable, params string[] arguments) => (await RunAsync(isTerminal, variable, arguments)).OutText;

    private static async Task<string> ErrorAsync(bool isTerminal, Func<string, string?> variable, params string[] arguments) => (await RunAsync(isTerminal, variable, arguments)).ErrorText;

    private static async Task<FakeTerminal> RunAsync(bool isTerminal, Func<string, string?> variable, string[] arguments)
    {
        FakeTerminal terminal = new("", isTerminal ? [] : null);
        await SecretsCommandLine.RunAsync(arguments, new CommandEnvironment { Terminal = terminal, Directory = "/", Variable = variable, UserName = "ada" });
        return terminal;
    }
}
