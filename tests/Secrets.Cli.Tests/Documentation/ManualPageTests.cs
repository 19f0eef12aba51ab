using System.ComponentModel;
using System.Diagnostics;
using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Manual;
using Secrets.Cli.Tests.Scripting;

namespace Secrets.Cli.Tests.Documentation;

/// <summary>The manual page is as the commands are, and in a form that <c>man</c> shows without a complaint.</summary>
public sealed class ManualPageTests
{
    private static readonly string PagePath = Path.Combine(Repository.Root, "docs", "secrets.1");

    [Test]
    public void The_page_is_as_the_commands_are() => Assert.That(
        File.ReadAllText(PagePath),
        Is.EqualTo(ManualPage.Of(SecretsCommandLine.Create(Surroundings()))),
        "The commands have changed: run eng/update-man-page.sh and commit docs/secrets.1.");

    [Test]
    public async Task The_command_prints_it()
    {
        CommandEnvironment environment = Surroundings();

        Assert.That(await SecretsCommandLine.RunAsync(["man"], environment), Is.Zero);
        Assert.That(((FakeTerminal)environment.Terminal).OutText, Is.EqualTo(await File.ReadAllTextAsync(PagePath)));
    }

    [Test]
    public void Every_line_is_text_or_a_request_of_the_man_macros()
    {
        string[] requests = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".RI", ".RS", ".RE", ".nf", ".fi"];
        string[] lines = File.ReadAllLines(PagePath);

        Assert.That(lines.Where(line => line.StartsWith('\'') || (line.StartsWith('.') && !requests.Contains(line.Split(' ')[0]))), Is.Empty);
        Assert.That(lines.Where(string.IsNullOrWhiteSpace), Is.Empty, "an empty line is a request, too, and one that linters complain of");
        Assert.That(lines.Count(line => line == ".nf"), Is.EqualTo(lines.Count(line => line == ".fi")));
    }

    [Test]
    public async Task Groff_has_no_complaint()
    {
        ProcessStartInfo start = new("groff", ["-man", "-ww", "-z", PagePath]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process groff = Process.Start(start)!;
            Task<string> output = groff.StandardOutput.ReadToEndAsync();
            string complaints = await groff.StandardError.ReadToEndAsync();
            await groff.WaitForExitAsync();
            Assert.That(complaints + await output, Is.Empty);
        }
        catch (Win32Exception)
        {
            Assert.That(File.Exists("/usr/bin/groff"), Is.False, "groff is here and does not start; where it is not, the test above has to do");
        }
    }

    private static CommandEnvironment Surroundings() => new() { Terminal = new FakeTerminal("", null), Directory = Repository.Root, Variable = _ => null, UserName = "ada" };
}
