using System.Text;

namespace Secrets;

/// <summary>Everything that a plan exports as flat names: variables that are values, and files. Paths mean nothing elsewhere and are left out.</summary>
internal static class ExportedEntries
{
    internal static IReadOnlyList<(string Name, SecretValue Value)> Of(InjectionPlan plan)
    {
        plan.ThrowIfConflicting();
        List<(string Name, SecretValue Value)> entries = [.. plan.Content.Variables.Where(static variable => variable.Value is not null).Select(static variable => (variable.Name, variable.Value!))];
        foreach (FileEntry file in plan.Content.Files)
        {
            string directory = InjectionPaths.Under(plan.Source.Options.MountRoot, file.Directory);
            entries.Add((FlatName($"{Path.GetFileName(directory)}.{file.Path}"), file.Content(directory)));
        }

        foreach (IGrouping<string, (string Name, SecretValue Value)> same in entries.GroupBy(static entry => entry.Name).Where(static group => group.Count() > 1))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"Two entries of the plan would both be called '{same.Key}'. Give one another name or directory.") { Reason = "export-name" };
        return [.. entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal)];
    }

    private static string FlatName(string path)
    {
        StringBuilder name = new(path.Length);
        foreach (char c in path) name.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : c == '/' ? '.' : '_');
        return name.ToString();
    }
}
