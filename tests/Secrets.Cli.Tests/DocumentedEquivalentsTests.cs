using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;

namespace Secrets.Cli.Tests;

/// <summary>The documentation of the tool says what the tool does.</summary>
public sealed class DocumentedEquivalentsTests
{
    private static readonly string Root = FindRoot();

    [Test]
    public void Every_line_for_those_who_come_from_other_tools_is_run()
    {
        string[] documented = [.. File.ReadLines(Path.Combine(Root, "docs", "cli-from-other-tools.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")[^1].Trim(' ', '|', '`'))
            .Where(command => command.StartsWith("secrets ", StringComparison.Ordinal))];
        string[] run = [.. Script.Parse(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Scripts", "other-tools.txt"))).Steps.Select(step => step.Command)];

        Assert.That(documented, Is.Not.Empty);
        Assert.That(documented.Except(run), Is.Empty);
    }

    [Test]
    public void Every_command_is_documented_and_has_examples()
    {
        string documentation = File.ReadAllText(Path.Combine(Root, "docs", "cli.md"));
        CommandEnvironment environment = new() { Terminal = new FakeTerminal("", null), Directory = Root, Variable = _ => null, UserName = "ada" };
        SecretsCommand[] commands = [.. SecretsCommandLine.Create(environment).Subcommands.OfType<SecretsCommand>()];

        Assert.That(commands.Where(command => command.Subcommands.Count == 0 && !documentation.Contains($"`{command.Name}`", StringComparison.Ordinal)).Select(command => command.Name), Is.Empty);
        Assert.That(commands.SelectMany(command => command.Subcommands.Select(child => $"{command.Name} {child.Name}")).Where(name => !documentation.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
        Assert.That(commands.Where(command => command.Examples.Count == 0).Select(command => command.Name), Is.Empty);
    }

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Secrets.sln")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return directory;
    }
}
