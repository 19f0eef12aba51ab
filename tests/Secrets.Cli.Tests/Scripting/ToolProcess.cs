using System.Diagnostics;

namespace Secrets.Cli.Tests.Scripting;

/// <summary>The tool as a process between pipes.</summary>
internal static class ToolProcess
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string directory, IReadOnlyDictionary<string, string>? variables, string input, params string[] arguments)
    {
        using Process process = Start(directory, variables, arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    public static Process Start(string directory, IReadOnlyDictionary<string, string>? variables, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, "state");
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
