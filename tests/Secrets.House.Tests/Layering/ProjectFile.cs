using System.Xml.Linq;

namespace Secrets.House.Layering;

/// <summary>What a project file says that it needs.</summary>
internal sealed record ProjectFile(string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public bool IsProvider => Name.StartsWith("Secrets.Providers.", StringComparison.Ordinal);

    public static ProjectFile Parse(string path, string xml)
    {
        XDocument document = XDocument.Parse(xml);
        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Included(document, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Included(document, "PackageReference")],
            [.. Included(document, "FrameworkReference")]);
    }

    private static IEnumerable<string> Included(XDocument document, string item) => document
        .Descendants()
        .Where(element => element.Name.LocalName == item)
        .Select(element => element.Attribute("Include")?.Value)
        .OfType<string>();
}
