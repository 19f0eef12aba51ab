using Secrets.House.PublicApi;
using Secrets.House.Repository;
using Secrets.Testing;

namespace Secrets.House.Packaging;

/// <summary>The packages work for somebody who has nothing else of ours: packed, restored by a project outside the solution, run.</summary>
[Category("Slow")]
[Category("Pack")]
public sealed class PackTests
{
    // A version of its own, so that no cache answers with a package of an earlier run.
    private static readonly string Version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    private static readonly string Feed = Path.Combine(Repo.Root, "artifacts", "packages");

    private static readonly string[] Names = [.. ShippedAssemblies.Projects.Select(project => Path.GetFileNameWithoutExtension(project.Name))];

    [OneTimeSetUp]
    public async Task PackEverything()
    {
        string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        await DotnetCommand.RunAsync(Repo.Root, "pack", "Secrets.sln", "--no-build", "-c", configuration, $"-p:PackageVersion={Version}", "-v", "q", "-nologo");
    }

    [OneTimeTearDown]
    public void RemovePackages()
    {
        foreach (string package in Directory.EnumerateFiles(Feed, $"*.{Version}.*"))
            File.Delete(package);
    }

    [Test]
    public void Every_project_that_ships_makes_a_package_with_a_readme() => Assert.That(
        Names.Where(name => !HoldsReadme(Path.Combine(Feed, $"{name}.{Version}.nupkg"))),
        Is.Empty);

    [Test]
    public async Task A_project_outside_the_solution_restores_the_packages_and_runs()
    {
        using TemporaryDirectory outside = new();
        outside.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="built-here" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);
        outside.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Secrets.Injection" Version="{Version}" />
                <PackageReference Include="Secrets.Providers.EncryptedFile" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        outside.Write("Program.cs", """
            using Secrets;

            await (await EncryptedFileSecretStore.CreateAsync(new EncryptedFileOptions("app.secrets"))).DisposeAsync();
            await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseEncryptedFile("app.secrets"));
            await client.CreateSecretAsync("openai_secret", new() { ["api_key"] = "not-a-real-key" });
            Secret secret = await client.GetSecretAsync("openai_secret");
            Console.WriteLine($"{secret["api_key"]} {secret["api_key"].RevealString()} {await client.ResolveAsync("Bearer {{openai_secret.api_key}}")}");
            """);

        await DotnetCommand.RunAsync(outside.Path, "build", "-v", "q", "-nologo", "-o", "out");
        string output = await DotnetCommand.RunAsync(outside.Path, Path.Combine("out", "Consumer.dll"));

        Assert.That(output.TrimEnd(), Is.EqualTo("*** not-a-real-key Bearer not-a-real-key"));
    }

    [Test]
    public async Task The_tool_installs_from_the_feed_and_runs()
    {
        using TemporaryDirectory outside = new();
        outside.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="built-here" value="{Feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);

        await DotnetCommand.RunAsync(outside.Path, "tool", "install", "Secrets.Cli", "--tool-path", "tools", "--version", Version);
        await ToolAsync(outside, "init");
        await ToolAsync(outside, "create", "openai_secret", "api_key=not-a-real-key");
        string shown = await ToolAsync(outside, "get", "openai_secret", "--key", "api_key", "--reveal");

        Assert.That(shown, Is.EqualTo("not-a-real-key"));
    }

    private static Task<string> ToolAsync(TemporaryDirectory directory, params string[] arguments) =>
        DotnetCommand.RunProgramAsync(Path.Combine(directory.Path, "tools", "secrets"), directory.Path, arguments);

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static bool HoldsReadme(string package)
    {
        if (!File.Exists(package))
            return false;
        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.OpenRead(package);
        return archive.GetEntry("README.md") is not null;
    }
}
