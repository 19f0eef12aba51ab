namespace Secrets.House.Layering;

/// <summary>
/// <c>Cli -> Injection -> Abstractions &lt;- Providers.X</c>, as rules over project files. A package that no rule allows is a violation, so
/// that a new dependency is a decision somebody wrote down here.
/// </summary>
internal static class LayeringRules
{
    public const string Abstractions = "Secrets.Abstractions";
    public const string Injection = "Secrets.Injection";
    public const string Conformance = "Secrets.Conformance";
    public const string Cli = "Secrets.Cli";
    public const string Encryption = "Secrets.Providers.Encryption";

    private const string Extensions = "Microsoft.Extensions.";

    // The vendor packages of each backend: its own vendor's, and nobody else's.
    private static readonly Dictionary<string, string[]> VendorPackages = new(StringComparer.Ordinal)
    {
        ["Secrets.Providers.AzureKeyVault"] = ["Azure."],
        ["Secrets.Providers.AwsSecretsManager"] = ["AWSSDK."],
        ["Secrets.Providers.GoogleSecretManager"] = ["Google."],
        ["Secrets.Providers.PostgreSql"] = ["Npgsql"],
    };

    // The one package of the client's that is not Microsoft.Extensions: a parser of YAML for import. It has no dependencies, and only its events are used
    // (docs/decisions/0013), so that the client stays free of reflection.
    private const string Yaml = "YamlDotNet";

    private static readonly string[] CliPackages = ["System.CommandLine", "Spectre.Console"];

    public static IEnumerable<string> Violations(IEnumerable<ProjectFile> projects) => projects.SelectMany(Violations);

    public static IEnumerable<string> Violations(ProjectFile project)
    {
        foreach (string reference in project.Projects)
        {
            if (!MayReference(project, reference))
                yield return $"{project.Name} must not refer to the project {reference}.";
        }

        foreach (string package in project.Packages)
        {
            if (!MayUse(project, package))
                yield return $"{project.Name} must not use the package {package}.";
        }

        foreach (string framework in project.Frameworks)
        {
            if (project.Name is Abstractions or Injection || project.IsProvider)
                yield return $"{project.Name} must not need the framework {framework}: it is for every kind of host.";
        }
    }

    private static bool MayReference(ProjectFile project, string reference) => project.Name switch
    {
        Abstractions => false,
        Conformance => reference is Abstractions,
        Cli => true,
        _ when project.IsProvider => reference is Abstractions || (reference is Encryption && project.Name is not Encryption),
        // Injection, and packages that carry it into one kind of host (Secrets.Injection.AspNetCore).
        _ => reference is Abstractions || (reference is Injection && project.Name is not Injection),
    };

    private static bool MayUse(ProjectFile project, string package)
    {
        if (package is "Microsoft.Extensions.DependencyInjection.Abstractions")
            return true;
        return project.Name switch
        {
            Abstractions => false,
            Conformance => package is "NUnit",
            Cli => package.StartsWith(Extensions, StringComparison.Ordinal) || CliPackages.Contains(package),
            _ when project.IsProvider => package.StartsWith(Extensions, StringComparison.Ordinal)
                || (VendorPackages.TryGetValue(project.Name, out string[]? own) && own.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal))),
            Injection => package is Yaml || package.StartsWith(Extensions, StringComparison.Ordinal),
            _ => package.StartsWith(Extensions, StringComparison.Ordinal),
        };
    }
}
