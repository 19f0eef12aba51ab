using System.Text.RegularExpressions;

namespace Secrets.House.Conventions;

/// <summary>What would tie the repository to one machine or one package source.</summary>
internal static partial class PlaceRules
{
    public static IEnumerable<string> Violations(string path, string text, IReadOnlyList<string> machinePaths)
    {
        foreach (string machine in machinePaths.Where(machine => text.Contains(machine, StringComparison.Ordinal)))
            yield return $"{path} holds a path of this machine: {machine}";
        foreach (Match registry in RegistryAddress().Matches(text))
            yield return $"{path} names a package registry: {registry.Value}. Sources belong to the machine's own settings.";
    }

    [GeneratedRegex(@"https?://[^\s""'/<>]*(nuget|npmjs|registry|pypi|artifactory|nexus|jfrog)[^\s""'/<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryAddress();
}
