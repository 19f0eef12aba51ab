using System.Diagnostics;
using System.Text;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Processes;

[TestFixture, Platform(Exclude = "Win")]
public sealed class SecretRunTests
{
    private DeliveryClient _client = null!;
    private TemporaryDirectory _directory = null!;
    private MemoryStream _output = null!;
    private MemoryStream _error = null!;

    [SetUp]
    public void Prepare()
    {
        _client = new DeliveryClient();
        _directory = new TemporaryDirectory();
        _output = new MemoryStream();
        _error = new MemoryStream();
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task The_process_gets_variables_and_files_and_its_output_is_masked([Values(SecretTerminal.Never, SecretTerminal.Always)] SecretTerminal terminal)
    {
        string canary = Canary.Text();
        await _client.Put("env", new() { ["TOKEN"] = canary });
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("file", canary + "-in-file"));
        int exit = await Run(["env", "file"], "printf 'token %s\\n' \"$TOKEN\"; cat \"$SECRET_PATH_FILE\"; echo; printf %s \"$TOKEN\" | base64; test -f \"$SECRET_PATH_FILE\" && echo \"$SECRET_PATH_FILE\" > path", terminal);

        Assert.That(exit, Is.Zero, Text(_error));
        Assert.That(Text(_output).ReplaceLineEndings("\n"), Is.EqualTo("token ***\n***\n***\n"));
        Assert.That(File.Exists(File.ReadAllText(_directory["path"]).Trim()), Is.False, "nothing is left after the end");
    }

    [TestCase("exit 0", 0), TestCase("exit 3", 3), TestCase("kill -TERM $$", 143), TestCase("kill -KILL $$", 137)]
    public async Task The_exit_code_is_the_childs(string script, int expected) // Infisical
    {
        Assert.That(await Run([], script), Is.EqualTo(expected));
        Assert.That(await Run([], script, SecretTerminal.Always), Is.EqualTo(expected), "on a terminal");
    }

    [Test]
    public async Task Standard_error_is_masked_apart_and_bytes_pass_unchanged()
    {
        string canary = Canary.Text();
        await _client.Put("env", new() { ["TOKEN"] = canary });
        await Run(["env"], "printf 'out\\377\\000'; printf 'err %s' \"$TOKEN\" >&2");
        Assert.That(_output.ToArray(), Is.EqualTo((byte[])[.. "out"u8, 0xFF, 0]));
        Assert.That(Text(_error), Is.EqualTo("err ***"));
    }

    [Test]
    public async Task A_terminal_stays_a_terminal() // op #413
    {
        string canary = Canary.Text();
        await _client.Put("env", new() { ["TOKEN"] = canary });
        int exit = await Run(["env"], "test -t 0 && test -t 1 && test -t 2 && printf '\\033[31m%s\\033[0m' \"$TOKEN\" && tty", SecretTerminal.Always);
        Assert.That(exit, Is.Zero);
        Assert.That(Text(_output), Does.StartWith("\u001b[31m***\u001b[0m/dev/"));
    }

    [Test]
    public async Task A_terminal_reads_what_is_typed()
    {
        int exit = await Run([], "stty -echo; echo ready; read -r line; echo \"got $line\"", SecretTerminal.Always, o => o.Input = new MemoryStream("typed\n"u8.ToArray()));
        Assert.That(exit, Is.Zero);
        Assert.That(Text(_output), Does.Contain("got typed"));
    }

    [Test]
    public async Task Input_reaches_the_process_over_a_pipe()
    {
        await Run([], "cat", configure: o => o.Input = new MemoryStream("typed"u8.ToArray()));
        Assert.That(Text(_output), Is.EqualTo("typed"));
    }

    [Test]
    public async Task The_start_info_is_not_changed_and_its_own_variables_stay()
    {
        await _client.Put("env", new() { ["TOKEN"] = "token-value" });
        ProcessStartInfo start = Shell("printf \"$OWN-$TOKEN\"");
        start.Environment["OWN"] = "own";
        await _client.RunAsync(start, await _client.PlanInjectionAsync(["env"]), new SecretRunOptions { Output = _output, Error = _error });
        Assert.That(Text(_output), Is.EqualTo("own-***"));
        Assert.That(start.Environment.ContainsKey("TOKEN"), Is.False);
        Assert.That(start.RedirectStandardOutput, Is.False);
    }

    [Test]
    public async Task No_value_is_an_argument_of_any_process_of_the_run()
    {
        string canary = Canary.Text();
        await _client.Put("env", new() { ["TOKEN"] = canary });
        await Run(["env"], "cat /proc/[0-9]*/cmdline > seen 2>/dev/null; true");
        Assert.That(File.ReadAllBytes(_directory["seen"]).AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)), Is.Negative);
    }

    [Test]
    public async Task A_program_that_is_not_there_is_a_coded_error([Values(SecretTerminal.Never, SecretTerminal.Always)] SecretTerminal terminal)
    {
        InjectionPlan plan = await _client.PlanInjectionAsync(Array.Empty<string>());
        Assert.That(async () => await _client.RunAsync(new ProcessStartInfo("no-such-program-here"), plan, new SecretRunOptions { Terminal = terminal, Output = _output }),
            Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("program"));
    }

    [Test]
    public async Task A_plan_with_conflicts_starts_nothing()
    {
        await _client.Put("one", new() { ["K"] = "1" });
        await _client.Put("two", new() { ["K"] = "2" });
        Assert.That(async () => await Run(["one", "two"], "touch started"), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.ValidationFailed));
        Assert.That(File.Exists(_directory["started"]), Is.False);
    }

    [Test, Behaviour("B33", "B34")]
    public async Task A_missing_required_variable_starts_nothing()
    {
        InjectionPlan plan = await _client.PlanInjectionAsync([], new InjectionOptions { RequiredVariables = { new("SURELY_NOT_SET_ANYWHERE") } });
        Assert.That(async () => await _client.RunAsync(Shell("touch started"), plan), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("missing-variables"));
        Assert.That(File.Exists(_directory["started"]), Is.False);
    }

    [Test]
    public async Task Cancelling_ends_the_process_gently_first()
    {
        using CancellationTokenSource cancel = new();
        using SignalStream output = new("ready", cancel.Cancel);
        Task<int> run = RunTo(output, [], "trap 'echo ended > ended; exit 0' TERM; echo ready; while :; do sleep 0.05; done", cancellationToken: cancel.Token);
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(_directory["ended"]), Is.True);
    }

    [Test]
    public async Task A_process_that_ignores_the_gentle_signal_is_killed()
    {
        using CancellationTokenSource cancel = new();
        using SignalStream output = new("ready", cancel.Cancel);
        Task<int> run = RunTo(output, [], "trap '' TERM; echo ready; while :; do sleep 0.05; done", configure: o => o.StopTimeout = TimeSpan.FromMilliseconds(100), cancellationToken: cancel.Token);
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_change_starts_it_again_with_the_new_variables_and_only_when_a_byte_changed() // vault #32035, #20917
    {
        await _client.Put("env", new() { ["TOKEN"] = "first-value" });
        SignalStream output = null!;
        int readies = 0;
        output = new SignalStream("ready", () =>
        {
            if (++readies == 1) _ = ChangeAsync();
        });
        async Task ChangeAsync()
        {
            await _client.Change("env", u => u.Description = "no byte changes");
            await _client.Change("env", u => u.Set("TOKEN", "second-value"));
        }

        int exit = await RunTo(output, ["env"], "printf '%s\\n' \"$TOKEN\" >> seen; [ \"$TOKEN\" = second-value ] && exit 7; echo ready; while :; do sleep 0.05; done", configure: o => o.OnChange = SecretChangeAction.Restart);
        Assert.That(exit, Is.EqualTo(7));
        Assert.That(File.ReadAllLines(_directory["seen"]), Is.EqualTo(new[] { "first-value", "second-value" }));
    }

    [Test]
    public async Task A_change_updates_files_and_signals_the_process()
    {
        await _client.Put("f", new() { ["value"] = "first-value" }, "mounted");
        using SignalStream output = new("ready", () => _ = _client.Change("f", u => u.Set("value", "second-value")));
        int exit = await RunTo(output, ["f"], "trap 'cp \"$SECRET_PATH_F\" seen; exit 5' HUP; echo ready; while :; do sleep 0.05; done", configure: o => o.OnChange = SecretChangeAction.Signal);
        Assert.That(exit, Is.EqualTo(5));
        Assert.That(File.ReadAllText(_directory["seen"]), Is.EqualTo("second-value"));
    }

    [Test]
    public async Task A_changed_value_is_masked_in_what_a_running_process_reads_from_its_file()
    {
        await _client.Put("f", new() { ["value"] = "first-value" }, "mounted");
        using SignalStream output = new("ready", () => _ = _client.Change("f", u => u.Set("value", "second-value")));
        await RunTo(output, ["f"], "echo ready; while ! grep -q second \"$SECRET_PATH_F\"; do sleep 0.05; done; cat \"$SECRET_PATH_F\"");
        Assert.That(output.Text, Is.EqualTo("ready\n***"));
    }

    [Test]
    public async Task A_short_value_is_named_and_not_masked()
    {
        await _client.Put("env", new() { ["PIN"] = "123" });
        List<string> notices = [];
        await Run(["env"], "printf $PIN", configure: o => o.OnNotice = notices.Add);
        Assert.That(Text(_output), Is.EqualTo("123"));
        Assert.That(notices.Single(), Does.Contain("env.PIN").And.Not.Contain("123"));
    }

    [Test]
    public async Task A_resolved_reference_of_a_plain_variable_is_masked()
    {
        await _client.Put("db", new() { ["password"] = "some-password" });
        InjectionPlan plan = await _client.PlanInjectionAsync([], new InjectionOptions { Variables = { ["URL"] = "postgres://u:{{db.password}}@host", ["P"] = "secret:db" } });
        await _client.RunAsync(Shell("printf \"$URL $P x some-password\""), plan, new SecretRunOptions { Output = _output, Error = _error });
        Assert.That(Text(_output), Is.EqualTo("*** *** x ***"));
    }

    [Test]
    public async Task A_grandchild_that_keeps_the_output_open_does_not_keep_the_run_open() =>
        Assert.That(await Run([], "sleep 60 & echo $! > pid; exit 4").ContinueWith(t => { Tool.Run("kill", [File.ReadAllText(_directory["pid"]).Trim()]); return t.Result; }), Is.EqualTo(4));

    private Task<int> Run(string[] secrets, string script, SecretTerminal terminal = SecretTerminal.Never, Action<SecretRunOptions>? configure = null) =>
        RunTo(_output, secrets, script, terminal, configure);

    private async Task<int> RunTo(Stream output, string[] secrets, string script, SecretTerminal terminal = SecretTerminal.Never, Action<SecretRunOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        SecretRunOptions options = new() { Terminal = terminal, Output = output, Error = _error };
        configure?.Invoke(options);
        return await _client.RunAsync(Shell(script), await _client.PlanInjectionAsync(secrets), options, cancellationToken);
    }

    private ProcessStartInfo Shell(string script)
    {
        ProcessStartInfo start = new("sh") { WorkingDirectory = _directory.Path };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        return start;
    }

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());
}
