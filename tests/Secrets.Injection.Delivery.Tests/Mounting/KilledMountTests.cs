using System.Diagnostics;
using System.Globalization;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Mounting;

/// <summary>A real process, killed by SIGKILL behind each step of a first mount and of a change.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class KilledMountTests
{
    private const int Killed = 128 + 9;

    [Test]
    public async Task Behind_every_step_all_is_old_or_all_is_new_and_the_next_mount_converges_and_sweeps()
    {
        string[] steps = Steps();
        Assert.That(steps.Distinct(), Is.EquivalentTo(new[]
        {
            "directory made", "generation made", "file made", "file written", "generation flushed", "new link made", "link swapped", "name linked", "name unlinked",
        }), "every step is met");
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("f", new() { ["user"] = "next", ["password"] = "next" }, new CreateSecretOptions { Type = "file" });
        InjectionPlan plan = await client.PlanInjectionAsync(["f"]);
        for (int step = 1; step <= steps.Length; step++)
        {
            using TemporaryDirectory directory = new();
            string root = directory["mount"];
            Assert.That(Run(root, step).Exit, Is.EqualTo(Killed));
            string place = $"killed behind step {step}, {steps[step - 1]}";
            string files = Path.Combine(root, "f");
            string[] seen = [.. Visible(files).Select(File.ReadAllText).Distinct()];
            Assert.That(seen, Has.Length.LessThanOrEqualTo(1).And.All.AnyOf("old", "new"), place);

            ManualTimeProvider time = new();
            await using SecretMount mount = await plan.MountAsync(root, new SecretMountOptions { Follow = false, TimeProvider = time });
            // What the killed process had made current may be open in a reader: it stays as long as any other that is replaced.
            time.Advance(new SecretMountOptions().KeepPrevious + TimeSpan.FromSeconds(1));
            Assert.That(Directory.EnumerateFileSystemEntries(files).Select(Path.GetFileName), Is.EquivalentTo(new[] { "..data", "user", "password", mount.OpenSnapshot("f").Generation }), place);
            Assert.That(Visible(files).Select(File.ReadAllText), Is.EqualTo(new[] { "next", "next" }), place);
        }
    }

    private static string[] Steps()
    {
        using TemporaryDirectory directory = new();
        (int exit, string output) = Run(directory["mount"], 0);
        Assert.That(exit, Is.Zero);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // What a reader finds: names whose link leads to a file. File.Exists would be true of a link that leads nowhere, too.
    private static IEnumerable<string> Visible(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFileSystemEntries(directory).Where(path => !Path.GetFileName(path).StartsWith('.') && File.Exists(Path.Combine(directory, new FileInfo(path).LinkTarget!)))
        : [];

    private static (int Exit, string Output) Run(string directory, int dieAfter)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "Secrets.Injection.Delivery.Parent.dll");
        foreach (string argument in (string[])[program, "mount", directory, dieAfter.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
