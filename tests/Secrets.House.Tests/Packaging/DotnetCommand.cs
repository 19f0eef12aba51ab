using System.Diagnostics;

namespace Secrets.House.Packaging;

/// <summary>Runs the SDK as a user would, with its output at hand when it fails.</summary>
internal static class DotnetCommand
{
    // What the test host sets for itself must not steer another SDK process.
    private static readonly string[] HostVariables = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "VSTEST_CONNECTION_TIMEOUT"];

    public static Task<string> RunAsync(string directory, params string[] arguments) => RunProgramAsync("dotnet", directory, arguments);

    /// <summary>Runs a program and gives its standard output.</summary>
    public static async Task<string> RunProgramAsync(string program, string directory, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string variable in HostVariables)
            start.Environment.Remove(variable);
        // No server process may outlive the test and hold its directory.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        // What an encrypted file remembers of itself belongs to the test, not to whoever runs it.
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, "state");

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }
}
