using Secrets.House.Repository;

namespace Secrets.House.Conventions;

public sealed class PlaceRulesTests
{
    [Test]
    public void No_file_holds_a_path_of_this_machine_or_the_address_of_a_package_registry()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] machine = [.. new[] { Repo.Root, home }.Where(path => path.Length > 1).Select(path => path + Path.DirectorySeparatorChar)];

        Assert.That(Repo.Files.Where(file => file.IsText).SelectMany(file => PlaceRules.Violations(file.Path, file.ReadText(), machine)), Is.Empty);
    }

    [Test]
    public void The_rule_finds_its_violations()
    {
        Assert.That(PlaceRules.Violations("a.md", "see /home/ada/secrets/README.md", ["/home/ada/"]), Has.Exactly(1).Items);
        Assert.That(PlaceRules.Violations("nuget.config", "<add key='x' value=\"https://api." + "nuget.example/v3\" />", []), Has.Exactly(1).Items);
        Assert.That(PlaceRules.Violations("a.md", "https://index.docker.io/v1/", ["/home/ada/"]), Is.Empty);
    }
}
