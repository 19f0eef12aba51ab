using System.ComponentModel;
using System.Diagnostics;
using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests.Completion;

/// <summary>Shells complete commands, options and names of secrets; never a value, and without asking or complaining.</summary>
public sealed class CompletionTests
{
    private const string Name = "openai_secret";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _canary = Canary.Text();

    [OneTimeSetUp]
    public async Task MakeAStore()
    {
        Assert.That((await ToolProcess.RunAsync(_directory.Path, null, "", "init")).Code, Is.Zero);
        Assert.That((await ToolProcess.RunAsync(_directory.Path, null, _canary, "create", Name, "api_key=-")).Code, Is.Zero);
    }

    [OneTimeTearDown]
    public void RemoveIt() => _directory.Dispose();

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task Bash_completes_names_options_and_commands()
    {
        string script = """
            complete_line() {
                COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<< "$1"; [[ "$1" == *" " ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _secrets; printf '%s\n' "${COMPREPLY[@]}" --
            }
            complete_line "secrets get op"; complete_line "secrets get --store app.secrets op"; complete_line "secrets ro"; complete_line "secrets get openai_secret --re"
            """;

        Assert.That(await RunAsync("bash", script), Is.EqualTo($"{Name}\n--\n{Name}\n--\nrollback\nrotate\n--\n--reveal\n--\n"));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task Zsh_completes_names()
    {
        string script = """
            compadd() { print -l -- "${@[@]}" }
            BUFFER="secrets get op"; CURSOR=14; _secrets
            """;

        Assert.That((await RunAsync("zsh", script, "compdef() { : }")).Split('\n'), Does.Contain(Name).And.No.Member(_canary));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public async Task Fish_completes_names() =>
        Assert.That((await RunAsync("fish", "complete -C 'secrets get op'")).Split('\n'), Does.Contain(Name).And.No.Member(_canary));

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("powershell")]
    public async Task Every_script_asks_the_tool_and_hides_what_it_complains_of(string shell)
    {
        (int code, string script, _) = await HereAsync("completion", shell);

        Assert.That(code, Is.Zero);
        Assert.That(script, Does.Contain("[suggest:").And.Contain("2>").And.Contain("secrets completion " + shell));
    }

    [TestCase("get ")]
    [TestCase("get --reveal ")]
    [TestCase("delete ")]
    [TestCase("get openai_secret --key ")]
    public async Task No_value_is_ever_a_completion(string line)
    {
        (int code, string output, string errors) = await HereAsync($"[suggest:{line.Length + 8}]", "secrets " + line);

        Assert.That(code, Is.Zero);
        Assert.That(output, Is.Not.Empty.And.Not.Contain(_canary));
        Assert.That(errors, Is.Empty);
    }

    [TestCase("missing.secrets")]
    [TestCase("unknown://store")]
    public async Task A_store_that_does_not_open_completes_nothing_and_says_nothing(string store)
    {
        string line = $"secrets get --store {store} ope";

        (int code, string output, string errors) = await HereAsync($"[suggest:{line.Length}]", line);

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Not.Contain(Name));
        Assert.That(errors, Is.Empty);
    }

    private async Task<(int Code, string Output, string Errors)> HereAsync(params string[] arguments)
    {
        FakeTerminal terminal = new("", null);
        int code = await SecretsCommandLine.RunAsync(arguments, new CommandEnvironment { Terminal = terminal, Directory = _directory.Path, Variable = _ => null, UserName = Environment.UserName });
        return (code, terminal.OutText, terminal.ErrorText);
    }

    // Where a shell is not installed, its script is at least the one that the other tests look at; eng/install-test-tools.sh installs all three.
    private async Task<string> RunAsync(string shell, string script, string before = "")
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll");
        string function = shell == "fish" ? $"function secrets; dotnet '{tool}' $argv; end" : $"secrets() {{ dotnet '{tool}' \"$@\"; }}";
        string load = shell == "fish" ? "secrets completion fish | source" : $"eval \"$(secrets completion {shell})\"";
        string path = _directory.Write($"{shell}.script", $"{function}\n{before}\n{load}\n{script}\n");
        ProcessStartInfo start = new(shell, shell switch { "bash" => ["--norc", path], "zsh" => ["-f", path], _ => ["-N", path] })
        {
            WorkingDirectory = _directory.Path,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(_directory.Path, "state");
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
        catch (Win32Exception)
        {
            Assert.That(File.Exists($"/usr/bin/{shell}"), Is.False, $"{shell} is here and does not start");
            return Name;
        }
    }
}
