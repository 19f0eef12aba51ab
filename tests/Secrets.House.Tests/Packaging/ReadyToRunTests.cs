using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Secrets.House.Repository;
using Secrets.Testing;

namespace Secrets.House.Packaging;

/// <summary>
/// <c>dotnet pack</c> of the tool gives a package that points to two: compiled ahead for Linux on x64, portable for the rest. Not <c>--no-build</c>, which
/// makes the one portable package that <see cref="PackTests"/> installs.
/// </summary>
[Category("Slow")]
[Category("Pack")]
public sealed class ReadyToRunTests
{
    // A version of its own, so that no cache answers with a package of an earlier run.
    private static readonly string Version = $"0.1.0-ready.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    private readonly TemporaryDirectory _outside = new();

    [OneTimeSetUp]
    public async Task PackTheTool()
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string project = Path.Combine(Repo.Root, "src", "Secrets.Cli");
        // What it refers to is built already, and is left as it is for the tests that run beside this one.
        await DotnetCommand.RunAsync(Repo.Root, "pack", project, "-c", configuration, "-p:BuildProjectReferences=false", $"-p:PackageVersion={Version}", "-o", _outside["feed"], "-v", "q", "-nologo");
    }

    [OneTimeTearDown]
    public void Remove() => _outside.Dispose();

    [Test]
    public void One_package_is_compiled_ahead_and_one_is_portable()
    {
        Assert.That(IsCompiledAhead("linux-x64", "Secrets.Cli.dll"), Is.True);
        Assert.That(IsCompiledAhead("linux-x64", "Secrets.Injection.dll"), Is.True);
        Assert.That(IsCompiledAhead("linux-x64", "System.CommandLine.dll"), Is.True);
        Assert.That(IsCompiledAhead("any", "Secrets.Cli.dll"), Is.False);
    }

    [Test]
    public void The_package_that_points_holds_the_manual_page_and_no_program()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(_outside["feed"], $"Secrets.Cli.{Version}.nupkg"));

        Assert.That(package.Entries.Select(entry => entry.FullName), Does.Contain("man/secrets.1").And.Contain("README.md"));
        Assert.That(package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task It_installs_from_the_feed_and_runs()
    {
        _outside.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="built-here" value="{_outside["feed"]}" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);

        await DotnetCommand.RunAsync(_outside.Path, "tool", "install", "Secrets.Cli", "--tool-path", "tools", "--version", Version);
        string tool = Path.Combine(_outside["tools"], OperatingSystem.IsWindows() ? "secrets.exe" : "secrets");
        await DotnetCommand.RunProgramAsync(tool, _outside.Path, "init");
        await DotnetCommand.RunProgramAsync(tool, _outside.Path, "create", "openai_secret", "api_key=not-a-real-key");

        Assert.That(await DotnetCommand.RunProgramAsync(tool, _outside.Path, "get", "openai_secret", "--key", "api_key", "--reveal"), Is.EqualTo("not-a-real-key"));
        Assert.That(await DotnetCommand.RunProgramAsync(tool, _outside.Path, "--version"), Does.StartWith("0.1.0"));
        if (RuntimeInformation.RuntimeIdentifier == "linux-x64")
            Assert.That(Directory.EnumerateDirectories(Path.Combine(_outside["tools"], ".store", "secrets.cli", Version)).Select(Path.GetFileName), Does.Contain("secrets.cli.linux-x64"));
    }

    private bool IsCompiledAhead(string platform, string assembly)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(_outside["feed"], $"Secrets.Cli.{platform}.{Version}.nupkg"));
        using MemoryStream image = new();
        using (Stream packed = package.GetEntry($"tools/net10.0/{platform}/{assembly}")!.Open())
            packed.CopyTo(image);
        image.Position = 0;
        using PEReader reader = new(image);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
