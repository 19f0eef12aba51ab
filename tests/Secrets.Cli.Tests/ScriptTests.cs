using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>Each file under Scripts is a session with the tool, played and compared; those under EncryptedFile on real files, the others in memory.</summary>
public sealed class ScriptTests
{
    private readonly TemporaryDirectory _state = new();

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Scripts");

    private static IEnumerable<TestCaseData> Scripts => Directory
        .EnumerateFiles(Folder, "*.txt", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetRelativePath(Folder, path)));

    // Anchors of encrypted files belong to this run, not to the person who runs the tests.
    [OneTimeSetUp]
    public void KeepAnchorsApart() => Environment.SetEnvironmentVariable("XDG_STATE_HOME", _state.Path);

    [OneTimeTearDown]
    public void RemoveAnchors()
    {
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", null);
        _state.Dispose();
    }

    [TestCaseSource(nameof(Scripts))]
    public async Task The_session_goes_as_written(string path)
    {
        (IReadOnlyList<ScriptStep> steps, IReadOnlyDictionary<string, string> files) = Script.Parse(await File.ReadAllLinesAsync(path));
        Assert.That(steps, Is.Not.Empty);
        using TemporaryDirectory directory = new();
        foreach ((string name, string text) in files)
            directory.Write(name, text);
        ManualTimeProvider time = new();
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { TimeProvider = time });

        foreach (ScriptStep step in steps)
        {
            FakeTerminal terminal = new(string.Concat(step.Input.Select(line => line + "\n")), step.Answers);
            CommandEnvironment environment = new()
            {
                Terminal = terminal,
                Directory = directory.Path,
                Variable = name => name == "HOME" ? directory.Path : step.Variables.GetValueOrDefault(name),
                UserName = "ada",
                Time = time,
                UseStore = path.Contains("EncryptedFile", StringComparison.Ordinal) ? null : secrets => secrets.UseInMemory(store),
            };
            int code = await SecretsCommandLine.RunAsync(Script.Words(step.Command)[1..], environment);
            Compare(step, code, terminal);
        }
    }

    private static void Compare(ScriptStep step, int code, FakeTerminal terminal)
    {
        // Whatever a session is about: each thing said to people is one line under the name of the tool (a report: and indented ones below it), and what failed before it began answers nothing.
        if (step.Answers is null)
            Assert.That(terminal.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("secrets: ", StringComparison.Ordinal) && !line.StartsWith("  ", StringComparison.Ordinal)), Is.Empty, $"line {step.Line}: {step.Command}");
        if (code is ExitCode.Usage or ExitCode.Denied or ExitCode.Unavailable)
            Assert.That((terminal.OutText, terminal.ErrorText.Length > 0), Is.EqualTo(("", true)), $"line {step.Line}: {step.Command}");
        if (code == step.ExitCode && step.IsOutputFree)
            return;
        if (code == step.ExitCode && Script.Matches(step.Output, terminal.OutText) && Script.Matches(step.Errors, terminal.ErrorText))
            return;
        Assert.Fail($"line {step.Line}: {step.Command}\nexpected exit {step.ExitCode}, got {code}\n--- expected output\n{string.Join('\n', step.Output)}\n--- output\n{terminal.OutText}\n--- expected errors\n{string.Join('\n', step.Errors)}\n--- errors\n{terminal.ErrorText}");
    }
}
