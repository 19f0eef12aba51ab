using System.Diagnostics;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Processes;

/// <summary>A rotation from end to end: the client's own update reaches files and processes through the client's own change notices.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class RotationTests
{
    private SecretsClient _client = null!;
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Prepare()
    {
        _client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        _directory = new TemporaryDirectory();
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test, CancelAfter(30_000)]
    public async Task An_update_through_the_client_reaches_the_mounted_files(CancellationToken cancellationToken)
    {
        await _client.CreateSecretAsync("pair", new() { ["user"] = "first", ["password"] = "first" }, new CreateSecretOptions { Type = "file" }, cancellationToken);
        TaskCompletionSource updated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        InjectionPlan plan = await _client.PlanInjectionAsync(["pair"], cancellationToken: cancellationToken);
        await using SecretMount mount = await plan.MountAsync(_directory["mount"], new SecretMountOptions { OnUpdated = () => updated.TrySetResult() }, cancellationToken);
        SecretMountSnapshot before = mount.OpenSnapshot("pair");

        await _client.UpdateSecretAsync("pair", static u => u.Set("user", "second").Set("password", "second"), cancellationToken);
        await updated.Task.WaitAsync(cancellationToken);

        SecretMountSnapshot after = mount.OpenSnapshot("pair");
        Assert.That((after.Read("user").RevealString(), after.Read("password").RevealString()), Is.EqualTo(("second", "second")));
        Assert.That(before.Read("user").RevealString(), Is.EqualTo("first"), "who was reading goes on reading");
    }

    [Test, CancelAfter(30_000), Behaviour("B29")]
    public async Task An_update_through_the_client_starts_the_process_again(CancellationToken cancellationToken)
    {
        await _client.CreateSecretAsync("env", new() { ["TOKEN"] = "first-value" }, cancellationToken: cancellationToken);
        using SignalStream output = new("ready", () => _ = UpdateAsync("env", "TOKEN"));
        int exit = await RunAsync(output, "env", "printf '%s\\n' \"$TOKEN\" >> seen; [ \"$TOKEN\" = second-value ] && exit 7; echo ready; while :; do sleep 0.05; done", SecretChangeAction.Restart, cancellationToken);
        Assert.That(exit, Is.EqualTo(7));
        Assert.That(await File.ReadAllLinesAsync(_directory["seen"], cancellationToken), Is.EqualTo(new[] { "first-value", "second-value" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task An_update_through_the_client_changes_the_file_and_then_signals_the_process(CancellationToken cancellationToken)
    {
        await _client.CreateSecretAsync("f", new() { ["value"] = "first-value" }, new CreateSecretOptions { Type = "mounted" }, cancellationToken);
        using SignalStream output = new("ready", () => _ = UpdateAsync("f", "value"));
        int exit = await RunAsync(output, "f", "trap 'cp \"$SECRET_PATH_F\" seen; exit 5' HUP; echo ready; while :; do sleep 0.05; done", SecretChangeAction.Signal, cancellationToken);
        Assert.That(exit, Is.EqualTo(5));
        Assert.That(await File.ReadAllTextAsync(_directory["seen"], cancellationToken), Is.EqualTo("second-value"));
    }

    [Test, CancelAfter(30_000), Behaviour("B29")]
    public async Task Without_a_restart_the_process_keeps_the_variable_it_was_started_with(CancellationToken cancellationToken)
    {
        await _client.CreateSecretAsync("env", new() { ["TOKEN"] = "first-value" }, cancellationToken: cancellationToken);
        // The process goes on when the update has ended, which the file says.
        using SignalStream output = new("ready", () => _ = UpdateAsync("env", "TOKEN").ContinueWith(_ => File.WriteAllText(_directory["updated"], ""), TaskScheduler.Default));
        await RunAsync(output, "env", "echo ready; while ! [ -e updated ]; do sleep 0.05; done; printf %s \"$TOKEN\" > seen", SecretChangeAction.None, cancellationToken);
        Assert.That(await File.ReadAllTextAsync(_directory["seen"], cancellationToken), Is.EqualTo("first-value"));
        Assert.That((await _client.GetSecretAsync("env", cancellationToken))["TOKEN"].RevealString(), Is.EqualTo("second-value"));
    }

    private Task UpdateAsync(string name, string key) => Task.Run(async () => await _client.UpdateSecretAsync(name, u => u.Set(key, "second-value")));

    private async Task<int> RunAsync(Stream output, string secret, string script, SecretChangeAction onChange, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("sh") { WorkingDirectory = _directory.Path };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        SecretRunOptions options = new() { Terminal = SecretTerminal.Never, Output = output, Error = Stream.Null, OnChange = onChange };
        return await _client.RunAsync(start, await _client.PlanInjectionAsync([secret], cancellationToken: cancellationToken), options, cancellationToken);
    }
}
