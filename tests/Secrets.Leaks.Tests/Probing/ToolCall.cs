using System.Diagnostics;
using System.Globalization;

namespace Secrets.Leaks.Probing;

/// <summary>The tool as a process below a probe: what it prints, and what the system tells of it, is caught.</summary>
internal static class ToolCall
{
    /// <summary>Runs it to its end; gives the exit code.</summary>
    public static async Task<int> RunAsync(LeakProbe probe, string? input, params string[] arguments)
    {
        using Process process = Start(probe, arguments);
        // The tool waits for its input, so that what the system tells of it can be read while it lives.
        await LookAsync(probe, process, arguments[0]);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(probe, process, arguments[0]);
    }

    /// <summary>Runs it, which has to succeed.</summary>
    public static async Task DoneAsync(LeakProbe probe, string? input, params string[] arguments) =>
        Assert.That(await RunAsync(probe, input, arguments), Is.Zero, $"secrets {string.Join(' ', arguments)}");

    /// <summary>Starts it; the caller sees to its end.</summary>
    public static Process Start(LeakProbe probe, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll"), .. arguments])
        {
            WorkingDirectory = probe.Files.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = probe.Files["state"];
        return Process.Start(start)!;
    }

    /// <summary>Catches arguments and environment, as anybody on the machine could read them.</summary>
    public static async Task LookAsync(LeakProbe probe, Process process, string command)
    {
        foreach (string fact in new[] { "cmdline", "environ" })
        {
            if (File.Exists($"/proc/{process.Id}/{fact}"))
                probe.Catch($"{fact} of secrets {command}", await File.ReadAllTextAsync($"/proc/{process.Id}/{fact}"));
        }
    }

    /// <summary>Catches all that is still printed, and waits for the end.</summary>
    public static async Task<int> EndAsync(LeakProbe probe, Process process, string command)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        probe.Catch($"standard output of secrets {command}", await process.StandardOutput.ReadToEndAsync());
        probe.Catch($"standard error of secrets {command}", await errors);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Has it crash, with all that a runtime prints then. The runtime takes a first SIGABRT from outside for itself and goes on; the next one ends it.</summary>
    public static async Task AbortAsync(Process process)
    {
        for (int i = 0; i < 60 && !process.HasExited; i++)
        {
            await SignalAsync(process, "ABRT");
            using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Sends a signal by the name that <c>kill</c> knows.</summary>
    public static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
