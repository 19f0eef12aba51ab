using System.Diagnostics;
using System.Runtime.InteropServices;
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
        double[][] processor = [.. entries.Select(_ => new double[Rounds])];
        for (int round = -3; round < Rounds; round++)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                TimeSpan before = ProcessorTimeOfChildren();
                long start = Stopwatch.GetTimestamp();
                await entries[i].Run();
                if (round < 0)
                    continue;
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                processor[i][round] = (ProcessorTimeOfChildren() - before).TotalMilliseconds;
            }
        }

        output.WriteLine($"{"",-36} {"ms",8} {"best",8} {"x floor",8} {"+ floor",8}   {"cpu ms",8} {"x floor",8} {"+ floor",8}");
        for (int i = 0; i < entries.Length; i++)
        {
            string line = $"{entries[i].Name,-36} {Median(times[i]),8:N1} {times[i].Min(),8:N1} {Ratio(times[i], times[0]),8:N2} {Over(times[i], times[0]),8:N1}";
            output.WriteLine($"{line}   {Median(processor[i]),8:N1} {Ratio(processor[i], processor[0]),8:N2} {Over(processor[i], processor[0]),8:N1}");
        }
    }

    private static double Ratio(double[] mine, double[] floor) => Median(mine.Zip(floor, (one, other) => one / other));

    private static double Over(double[] mine, double[] floor) => Median(mine.Zip(floor, (one, other) => one - other));

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

    // What the children used of the processors, from the system's own account of those that have ended: other work on the machine does not add to it.
    private static TimeSpan ProcessorTimeOfChildren()
    {
        const int Children = -1;
        long[] usage = new long[18];
        return OperatingSystem.IsLinux() && GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : TimeSpan.Zero;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, [Out] long[] usage);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
