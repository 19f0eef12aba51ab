using Secrets.House.Repository;

namespace Secrets.House.PublicApi;

/// <summary>The public surface of each package is reviewed as text: it changes only together with its PublicAPI.txt.</summary>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "SECRETS_UPDATE_PUBLIC_API";

    private static IEnumerable<TestCaseData> Shipped => ShippedAssemblies.Projects
        .Select(project => new TestCaseData(project.Folder, Path.GetFileNameWithoutExtension(project.Name)).SetArgDisplayNames(Path.GetFileNameWithoutExtension(project.Name)));

    [TestCaseSource(nameof(Shipped))]
    public void The_public_surface_is_the_one_that_was_reviewed(string folder, string name)
    {
        string path = Path.Combine(Repo.Root, folder, "PublicAPI.txt");
        string actual = ApiText.Of(ShippedAssemblies.Read(name));
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(path, actual);
        string reviewed = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        if (actual != reviewed)
            Assert.Fail($"The public API of {name} is not what {folder}/PublicAPI.txt says:\n\n{Difference(reviewed, actual)}\nIf that is meant, run eng/update-public-api.sh and commit the text with the change.");
    }

    [Test]
    public void A_text_stands_only_where_a_project_ships()
    {
        string[] folders = [.. ShippedAssemblies.Projects.Select(project => project.Folder)];

        Assert.That(Repo.Files.Where(file => file.Name == "PublicAPI.txt" && !folders.Contains(file.Folder)), Is.Empty);
    }

    // Both are sorted within their types, so that the lines of one that are not in the other say it well enough.
    private static string Difference(string before, string after)
    {
        string[] old = Qualified(before);
        string[] now = Qualified(after);
        return string.Join('\n', old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line))) + "\n";
    }

    private static string[] Qualified(string text)
    {
        string type = "";
        List<string> lines = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith(' '))
                type = line;
            lines.Add(line == type ? type : $"{type}  {line.Trim()}");
        }

        return [.. lines];
    }
}
