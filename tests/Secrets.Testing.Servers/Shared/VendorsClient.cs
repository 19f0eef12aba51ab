using System.Diagnostics;

namespace Secrets.Tests;

/// <summary>Runs a vendor's own JavaScript client against a server of ours.</summary>
internal static class VendorsClient
{
    /// <summary>Runs a script of <c>clients/</c> to its end.</summary>
    /// <returns>The steps that went through.</returns>
    public static async Task<string[]> RunAsync(string script, string[] arguments, params (string Name, string Value)[] environment)
    {
        string folder = Path.Combine(Root(), "tests", "Secrets.Testing.Servers", "clients");
        Assume.That(Directory.Exists(Path.Combine(folder, "node_modules")), "The vendors' clients are not installed: run eng/install-test-tools.sh.");
        ProcessStartInfo start = new("node", [Path.Combine(folder, script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{output}\n{await errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Secrets.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
