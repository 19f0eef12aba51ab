using System.CommandLine;
using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;

namespace Secrets.Cli.Tests.Documentation;

/// <summary>Every command of the tree, also one that comes tomorrow, helps whoever asks, and asks no store for it.</summary>
public sealed class HelpTests
{
    private static IEnumerable<TestCaseData> Commands => Below(SecretsCommandLine.Create(Surroundings(new FakeTerminal("", null))), [])
        .Select(path => new TestCaseData((object)path).SetArgDisplayNames(string.Join(' ', path)));

    [TestCaseSource(nameof(Commands))]
    public async Task Help_shows_what_the_command_does_its_options_and_examples(string[] path)
    {
        FakeTerminal terminal = new("", null);
        SecretsCommand command = Find(SecretsCommandLine.Create(Surroundings(terminal)), path);

        int code = await SecretsCommandLine.RunAsync([.. path, "--help"], Surroundings(terminal));

        string help = terminal.OutText;
        Assert.That(code, Is.Zero);
        Assert.That(terminal.ErrorText, Is.Empty);
        Assert.That(help, Does.Contain(command.Description).And.Contain($"secrets {string.Join(' ', path)}"));
        Assert.That(command.Options.Where(option => !option.Hidden && !help.Contains(option.Name, StringComparison.Ordinal)).Select(option => option.Name), Is.Empty);
        Assert.That(command.Examples, Is.Not.Empty);
        Assert.That(command.Examples.Where(example => !help.Contains(example, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Commands))]
    public void Every_option_and_argument_is_described_and_every_example_is_of_this_tool(string[] path)
    {
        SecretsCommand command = Find(SecretsCommandLine.Create(Surroundings(new FakeTerminal("", null))), path);

        Assert.That(command.Options.Where(option => string.IsNullOrEmpty(option.Description)).Select(option => option.Name), Is.Empty);
        Assert.That(command.Arguments.Where(argument => string.IsNullOrEmpty(argument.Description)).Select(argument => argument.Name), Is.Empty);
        Assert.That(command.Examples.Where(example => !example.Contains("secrets ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(command.Examples.Any(example => example.Contains($"secrets {string.Join(' ', path)}", StringComparison.Ordinal)), Is.True, "one of the examples is of the command itself");
    }

    [Test]
    public async Task Without_a_word_the_tool_shows_its_commands()
    {
        FakeTerminal terminal = new("", null);

        Assert.That(await SecretsCommandLine.RunAsync([], Surroundings(terminal)), Is.Zero);
        Assert.That(Below(SecretsCommandLine.Create(Surroundings(terminal)), []).Where(path => !terminal.OutText.Contains(path[0], StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_version_is_the_same_with_and_without_the_parser()
    {
        FakeTerminal terminal = new("", null);

        Assert.That(await SecretsCommandLine.RunAsync([SecretsCommandLine.VersionOption], Surroundings(terminal)), Is.Zero);
        Assert.That(terminal.OutText.Trim(), Is.EqualTo(ToolVersion.Text).Or.EqualTo(TestHostsOwn()));
        Assert.That((await ToolProcess.RunAsync(Repository.Root, null, "", SecretsCommandLine.VersionOption)).Output.Trim(), Is.EqualTo(ToolVersion.Text));
    }

    // The parser reads the version of the program that runs, which here is the test host.
    private static string TestHostsOwn() => System.Reflection.CustomAttributeExtensions
        .GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(System.Reflection.Assembly.GetEntryAssembly()!)!.InformationalVersion;

    private static IEnumerable<string[]> Below(Command command, string[] path) => command.Subcommands
        .Where(child => !child.Hidden)
        .SelectMany(child => Below(child, [.. path, child.Name]).Prepend([.. path, child.Name]));

    private static SecretsCommand Find(Command root, string[] path) =>
        (SecretsCommand)path.Aggregate(root, (at, name) => at.Subcommands.Single(child => child.Name == name));

    private static CommandEnvironment Surroundings(FakeTerminal terminal) => new()
    {
        Terminal = terminal,
        Directory = Repository.Root,
        Variable = _ => null,
        UserName = "ada",
        UseStore = _ => throw new InvalidOperationException("Help asked a store."),
    };
}
