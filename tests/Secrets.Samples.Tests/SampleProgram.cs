using System.Diagnostics;

namespace Secrets.Samples.Tests;

/// <summary>A sample as built, run as a program of its own.</summary>
internal static class SampleProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string name, params string[] args) => RunAsync(StartInfo(name, args));

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }

    public static ProcessStartInfo StartInfo(string name, params string[] args)
    {
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string home = Path.Combine(configuration.Parent!.Parent!.FullName, name, configuration.Name);
        return new ProcessStartInfo("dotnet", [Path.Combine(home, $"{name}.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Each sample has settings of its own beside it.
            WorkingDirectory = home,
        };
    }
}
