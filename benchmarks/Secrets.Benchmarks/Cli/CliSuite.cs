using System.Diagnostics;
using System.Globalization;
using Secrets.Testing;

namespace Secrets.Benchmarks.Cli;

/// <summary>
/// The tool's start, as it is installed from its package, beside a bare console program: processes of both, one after the other in each round.
/// </summary>
internal static class CliSuite
{
    private const int Rounds = 41;
    private const string Version = "0.1.0-benchmark";

    internal static async Task RunAsync(TextWriter output)
    {
        using TemporaryDirectory directory = new();
        string bare = await BuildBareAsync(directory);
        string tool = await InstallAsync(directory);
        await ProgramAsync(directory.Path, tool, "init");
        await ProgramAsync(directory.Path, tool, "create", "db", "--from-file", directory.Write("db.env", "PASSWORD=not-a-real-one\n"));

        (string Name, Func<Task> Run)[] entries =
        [
            ("a bare console program (the floor)", () => ProgramAsync(directory.Path, bare)),
            ("secrets --version", () => ProgramAsync(directory.Path, tool, "--version")),
            ("secrets --help", () => ProgramAsync(directory.Path, tool, "--help")),
            ("secrets run -- true", () => ProgramAsync(directory.Path, tool, "run", "--", "true")),
            ("secrets run --secret db -- true", () => ProgramAsync(directory.Path, tool, "run", "--secret", "db", "--", "true")),
        ];
        double[][] times = [.. entries.Select(_ => new double[Rounds])];
        for (int round = -3; round < Rounds; round++)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                await entries[i].Run();
                if (round >= 0)
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        output.WriteLine($"{"",-40} {"ms",8} {"best",8} {"x floor",8} {"- version",10}");
        for (int i = 0; i < entries.Length; i++)
        {
            double ratio = Median(times[i].Zip(times[0], (mine, floor) => mine / floor));
            double over = Median(times[i].Zip(times[1], (mine, version) => mine - version));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entries[i].Name,-40} {Median(times[i]),8:N1} {times[i].Min(),8:N1} {ratio,8:N2} {over,10:N1}"));
        }
    }

    private static async Task<string> BuildBareAsync(TemporaryDirectory directory)
    {
        string project = directory.Write("bare/bare.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        directory.Write("bare/Program.cs", "System.Console.WriteLine(\"0.1.0\");");
        await ProgramAsync(directory.Path, "dotnet", "build", project, "-c", "Release", "-o", directory["bare-out"], "-v", "q", "-nologo", "-nodeReuse:false");
        return Path.Combine(directory["bare-out"], "bare");
    }

    private static async Task<string> InstallAsync(TemporaryDirectory directory)
    {
        string project = Path.Combine(FindRoot(), "src", "Secrets.Cli");
        await ProgramAsync(directory.Path, "dotnet", "pack", project, "-c", "Release", $"-p:PackageVersion={Version}", "-o", directory["feed"], "-v", "q", "-nologo", "-nodeReuse:false");
        directory.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="built-here" value="{directory["feed"]}" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);
        await ProgramAsync(directory.Path, "dotnet", "tool", "install", "Secrets.Cli", "--tool-path", directory["tools"], "--version", Version);
        return Path.Combine(directory["tools"], "secrets");
    }

    private static async Task ProgramAsync(string directory, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, "state");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {text}{await errors}");
    }

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Secrets.sln")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The benchmarks run outside the repository.");
        return directory;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
