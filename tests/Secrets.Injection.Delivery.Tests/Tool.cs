using System.Diagnostics;

namespace Secrets.Injection.Delivery.Tests;

/// <summary>Runs a program of another world. A test that needs one which is not installed is inconclusive, not passed.</summary>
internal static class Tool
{
    internal static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(directory => File.Exists(Path.Combine(directory, name)));

    internal static void Require(params string[] names)
    {
        foreach (string name in names) Assume.That(Exists(name), Is.True, $"{name} is not installed (eng/install-test-tools.sh)");
    }

    internal static ToolResult Run(string program, IEnumerable<string> arguments, IDictionary<string, string>? environment = null, string? input = null, string? directory = null)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = directory ?? "",
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        using Process process = Process.Start(start)!;
        if (input is not null) process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.Result);
    }

    /// <summary>As <see cref="Run"/>, and it must succeed.</summary>
    internal static string Output(string program, params string[] arguments)
    {
        ToolResult result = Run(program, arguments);
        Assert.That(result.ExitCode, Is.Zero, $"{program}: {result.Error}");
        return result.Output;
    }
}

/// <summary>How a program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
