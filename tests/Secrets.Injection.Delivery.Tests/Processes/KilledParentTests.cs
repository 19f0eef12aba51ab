using System.Diagnostics;
using System.Globalization;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Processes;

/// <summary>A real parent process, signalled and killed.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class KilledParentTests
{
    [Test]
    public void A_killed_parent_takes_its_child_and_its_files_with_it()
    {
        using TemporaryDirectory directory = new();
        using Process parent = Start(directory.Path, "echo $$; echo \"$SECRET_PATH_FILE\"; exec sleep 300");
        string child = parent.StandardOutput.ReadLine()!;
        string file = parent.StandardOutput.ReadLine()!;
        string run = file[..file.IndexOf("/secrets/file", StringComparison.Ordinal)];
        Assert.That(File.ReadAllText(file), Is.EqualTo("canary-not-a-real-file"));
        using FileSystemWatcher watcher = new(Path.GetDirectoryName(run)!) { EnableRaisingEvents = true };

        parent.Kill();

        // The output is open for as long as the child lives.
        Assert.That(parent.StandardOutput.ReadToEnd(), Is.Empty);
        Assert.That(Directory.Exists($"/proc/{child}") && File.ReadAllText($"/proc/{child}/cmdline").Contains("sleep", StringComparison.Ordinal), Is.False);
        for (int i = 0; i < 20 && Directory.Exists(run); i++) watcher.WaitForChanged(WatcherChangeTypes.Deleted, 1000);
        Assert.That(Directory.Exists(run), Is.False);
    }

    [Test]
    public void A_signal_reaches_the_child_once_and_its_exit_code_comes_back()
    {
        using TemporaryDirectory directory = new();
        using Process parent = Start(directory.Path, "n=0; trap 'n=$((n+1)); echo got' TERM; trap 'exit $((40+n))' USR1; echo ready; while :; do sleep 0.05; done");
        Assert.That(parent.StandardOutput.ReadLine(), Is.EqualTo("ready"));

        Tool.Output("sh", "-c", $"kill -TERM {parent.Id.ToString(CultureInfo.InvariantCulture)}");
        Assert.That(parent.StandardOutput.ReadLine(), Is.EqualTo("got"));
        Tool.Output("sh", "-c", $"kill -USR1 {parent.Id.ToString(CultureInfo.InvariantCulture)}");
        Assert.That(parent.StandardOutput.ReadToEnd(), Is.Empty);
        parent.WaitForExit();
        Assert.That(parent.ExitCode, Is.EqualTo(41), "once");
    }

    [Test]
    public void A_run_that_was_killed_with_its_helper_is_swept_by_the_next()
    {
        using TemporaryDirectory directory = new();
        string abandoned = directory["secrets-run-0123456789abcdef"];
        Directory.CreateDirectory(Path.Combine(abandoned, "secrets"));
        File.WriteAllText(Path.Combine(abandoned, "secrets", "file"), "left");
        File.WriteAllText(Path.Combine(abandoned, ".lock"), "");
        using PrivateDirectory alive = PrivateDirectory.Create(directory.Path);
        using PrivateDirectory next = PrivateDirectory.Create(directory.Path);

        Assert.That(Directory.Exists(abandoned), Is.False);
        Assert.That(Directory.Exists(alive.Root), Is.True, "one that lives is left alone");
    }

    private static Process Start(string directory, string script)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[Path.Combine(TestContext.CurrentContext.TestDirectory, "Secrets.Injection.Delivery.Parent.dll"), directory, script]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
