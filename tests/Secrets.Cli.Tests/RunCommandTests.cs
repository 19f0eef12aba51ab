using System.Diagnostics;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary><c>secrets run</c> and <c>secrets mount</c> with real programs.</summary>
[Platform("Linux,MacOsX")]
public sealed class RunCommandTests
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _canary = Canary.Text();

    [OneTimeSetUp]
    public async Task MakeAStore()
    {
        await ExpectAsync(0, "", "init");
        await ExpectAsync(0, _canary, "create", "settings", "--type", "env", "API_KEY=-");
        await ExpectAsync(0, Canary.Text(), "create", "other", "--type", "env", "API_KEY=-");
        await ExpectAsync(0, _canary, "create", "file", "--type", "mounted", "value=-");
    }

    [OneTimeTearDown]
    public void RemoveIt() => _directory.Dispose();

    [Test]
    public async Task The_program_gets_the_value_and_its_output_is_masked()
    {
        (int code, string output, _) = await ToolProcess.RunAsync(_directory.Path, null, "", "run", "--secret", "settings", "--", "sh", "-c", "echo \"${#API_KEY} $API_KEY\"");

        Assert.That(code, Is.Zero);
        Assert.That(output.Trim(), Is.EqualTo($"{_canary.Length} ***"));
    }

    [Test]
    public async Task The_exit_code_is_the_programs()
    {
        Assert.That((await ToolProcess.RunAsync(_directory.Path, null, "", "run", "--", "sh", "-c", "exit 77")).Code, Is.EqualTo(77));
        Assert.That((await ToolProcess.RunAsync(_directory.Path, null, "", "run", "--", "sh", "-c", "kill -TERM $$")).Code, Is.EqualTo(128 + 15));
    }

    [Test]
    public async Task Variables_may_refer_to_secrets()
    {
        _directory.Write("app.env", "URL=https://{{settings.API_KEY}}@host\n");
        (_, string output, _) = await ToolProcess.RunAsync(
            _directory.Path, null, "", "run", "--no-masking", "--env-file", "app.env", "--env", "ONE=secret:file", "--", "sh", "-c", "echo $URL $ONE");

        Assert.That(output.Trim(), Is.EqualTo($"https://{_canary}@host {_canary}"));
    }

    [Test]
    [Behaviour("W32", "P24")]
    public async Task A_secret_of_one_value_is_the_variable_of_its_name_unless_another_is_named()
    {
        await ExpectAsync(0, _canary, "set", "HF_TOKEN");
        (int code, string output, string errors) = await ToolProcess.RunAsync(
            _directory.Path, null, "", "run", "--no-masking", "--secret", "HF_TOKEN", "--env", "PAPERSPACE_API_KEY=secret:HF_TOKEN", "--", "sh", "-c", "echo $HF_TOKEN $PAPERSPACE_API_KEY");

        Assert.That(code, Is.Zero, errors);
        Assert.That(output.Trim(), Is.EqualTo($"{_canary} {_canary}"));
    }

    [Test]
    public async Task What_opens_the_store_does_not_reach_the_program()
    {
        Dictionary<string, string> variables = new() { ["SECRETS_KEY_FILE"] = _directory["app.secrets.key"] };
        (int code, string output, _) = await ToolProcess.RunAsync(_directory.Path, variables, "", "run", "--", "env");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Not.Contain("SECRETS_KEY_FILE").And.Contain("PATH="));
    }

    [Test]
    public async Task A_signal_to_the_tool_reaches_the_program_and_its_answer_is_the_exit_code()
    {
        using Process process = ToolProcess.Start(_directory.Path, null, "run", "--secret", "settings", "--", "sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.1; done");
        process.StandardInput.Close();
        Assert.That(await process.StandardOutput.ReadLineAsync(), Is.EqualTo("ready"));

        using (Process stop = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!)
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(9));
    }

    [Test]
    public async Task Two_secrets_that_disagree_about_a_variable_start_nothing()
    {
        (int code, string output, string errors) = await ToolProcess.RunAsync(_directory.Path, null, "", "run", "--secret", "settings", "--secret", "other", "--", "sh", "-c", "echo started");

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.Contain("settings").And.Contain("other").And.Contain("API_KEY").And.Not.Contain(_canary));
    }

    [Test]
    public async Task On_a_terminal_the_program_has_a_terminal()
    {
        using PseudoTerminal terminal = PseudoTerminal.Start(_directory.Path, "run", "--secret", "settings", "--", "sh", "-c", "test -t 1 && echo on a terminal; echo $API_KEY");

        Assert.That(await terminal.EndAsync(), Is.Zero, terminal.Seen);
        Assert.That(terminal.Seen, Does.Contain("on a terminal").And.Contain("***").And.Not.Contain(_canary));
    }

    [Test]
    public async Task A_mount_is_there_until_it_is_stopped()
    {
        string mount = _directory["mount"];
        using Process process = ToolProcess.Start(_directory.Path, null, "mount", mount, "--secret", "file");
        Assert.That(await process.StandardOutput.ReadLineAsync(), Is.Not.Null, "it prints the files once they are there");
        string[] files = Directory.GetFiles(mount, "secret", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });

        Assert.That(files, Is.Not.Empty);
        Assert.That(await File.ReadAllTextAsync(files[0]), Is.EqualTo(_canary));

        using (Process stop = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!)
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
        Assert.That(Directory.Exists(mount) && Directory.EnumerateFiles(mount, "*", SearchOption.AllDirectories).Any(), Is.False, "stopped, nothing is left");
    }

    private async Task ExpectAsync(int code, string input, params string[] arguments)
    {
        (int actual, string output, string errors) = await ToolProcess.RunAsync(_directory.Path, null, input, arguments);
        Assert.That(actual, Is.EqualTo(code), $"{output}{errors}");
    }
}
