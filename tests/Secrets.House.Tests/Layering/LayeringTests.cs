using Secrets.House.Repository;

namespace Secrets.House.Layering;

public sealed class LayeringTests
{
    private static readonly ProjectFile[] Shipped =
        [.. Repo.FilesUnder("src", ".csproj").Select(file => ProjectFile.Parse(file.Path, file.ReadText()))];

    [Test]
    public void The_projects_that_ship_keep_to_the_layers()
    {
        Assert.That(Shipped.Select(project => project.Name), Does.Contain(LayeringRules.Abstractions).And.Contain(LayeringRules.Injection));
        Assert.That(LayeringRules.Violations(Shipped), Is.Empty);
    }

    [TestCase("Secrets.Abstractions", "<ProjectReference Include='../Secrets.Injection/Secrets.Injection.csproj'/>")]
    [TestCase("Secrets.Abstractions", "<PackageReference Include='Microsoft.Extensions.Options'/>")]
    [TestCase("Secrets.Injection", "<ProjectReference Include='..\\Secrets.Providers\\Secrets.Providers.InMemory\\Secrets.Providers.InMemory.csproj'/>")]
    [TestCase("Secrets.Injection", "<PackageReference Include='Azure.Core'/>")]
    [TestCase("Secrets.Injection", "<FrameworkReference Include='Microsoft.AspNetCore.App'/>")]
    [TestCase("Secrets.Conformance", "<ProjectReference Include='../Secrets.Injection/Secrets.Injection.csproj'/>")]
    [TestCase("Secrets.Providers.InMemory", "<ProjectReference Include='../../Secrets.Injection/Secrets.Injection.csproj'/>")]
    [TestCase("Secrets.Providers.PostgreSql", "<ProjectReference Include='../Secrets.Providers.InMemory/Secrets.Providers.InMemory.csproj'/>")]
    [TestCase("Secrets.Providers.PostgreSql", "<PackageReference Include='AWSSDK.Core'/>")]
    [TestCase("Secrets.Providers.Encryption", "<ProjectReference Include='../Secrets.Providers.EncryptedFile/Secrets.Providers.EncryptedFile.csproj'/>")]
    [TestCase("Secrets.Cli", "<PackageReference Include='Newtonsoft.Json'/>")]
    public void A_reference_against_the_layers_is_found(string name, string reference)
    {
        ProjectFile planted = ProjectFile.Parse($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{reference}</ItemGroup></Project>");

        Assert.That(LayeringRules.Violations(planted), Has.Exactly(1).Items);
    }

    [TestCase("Secrets.Injection", "<ProjectReference Include='../Secrets.Abstractions/Secrets.Abstractions.csproj'/>")]
    [TestCase("Secrets.Providers.EncryptedFile", "<ProjectReference Include='../Secrets.Providers.Encryption/Secrets.Providers.Encryption.csproj'/>")]
    [TestCase("Secrets.Providers.PostgreSql", "<PackageReference Include='Npgsql'/>")]
    [TestCase("Secrets.Cli", "<ProjectReference Include='../Secrets.Providers/Secrets.Providers.InMemory/Secrets.Providers.InMemory.csproj'/>")]
    public void A_reference_along_the_layers_is_allowed(string name, string reference)
    {
        ProjectFile planted = ProjectFile.Parse($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{reference}</ItemGroup></Project>");

        Assert.That(LayeringRules.Violations(planted), Is.Empty);
    }

    [Test]
    public void The_solution_holds_every_project()
    {
        string solution = File.ReadAllText(Path.Combine(Repo.Root, "Secrets.sln")).Replace('\\', '/');

        Assert.That(
            Repo.Files.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{file.Path}\"", StringComparison.Ordinal)),
            Is.Empty,
            "Projects outside the solution are not built by CI. Add each: dotnet sln Secrets.sln add <path>");
    }

    [Test]
    public void Versions_of_packages_stand_in_one_place()
    {
        Assert.That(
            Repo.Files.Where(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal) && file.ReadText().Contains(" Version=\"", StringComparison.Ordinal)),
            Is.Empty,
            "Versions belong in Directory.Packages.props.");
    }
}
