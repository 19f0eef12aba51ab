using System.Globalization;

namespace Secrets;

/// <summary>Puts what several secrets export together, and finds every conflict before anything is written.</summary>
internal sealed class InjectionContentBuilder(InjectionOptions options)
{
    private readonly List<VariableEntry> _variables = [];
    private readonly List<FileEntry> _files = [];
    private readonly List<InjectionConflict> _conflicts = [];
    private readonly List<string> _notices = [];
    private readonly Dictionary<SecretAddress, Secret> _secrets = [];
    private readonly Dictionary<string, SecretAddress> _onlyOnes = new(StringComparer.Ordinal);

    internal void Add(SecretAttachment attachment, Secret secret)
    {
        AddSecret(secret);
        SecretExpansion expansion = new(attachment, secret, options);
        if (options.Stage != SecretStage.All && expansion.Stage != SecretStage.All && expansion.Stage != options.Stage)
        {
            _notices.Add($"{secret.Properties.Address} is for the stage {expansion.Stage.ToString().ToLowerInvariant()} and is left out.");
            return;
        }

        if (expansion.Type is { OnlyOneElse: { } other } type && !_onlyOnes.TryAdd(type.Id, secret.Properties.Address) && _onlyOnes[type.Id] != secret.Properties.Address)
        {
            Conflict(InjectionConflictKind.OnlyOne, type.Id,
                $"{_onlyOnes[type.Id]} and {secret.Properties.Address} are both of type {type.Id}, and only one can be exported: its variables have fixed names. Use the type {other} for the other one.");
            return;
        }

        expansion.Expand();
        _variables.AddRange(expansion.Variables);
        _files.AddRange(expansion.Files);
    }

    internal void AddSecret(Secret secret) => _secrets[secret.Properties.Address] = secret;

    internal void AddPlain(string name, SecretValue value, string source, bool isSensitive) =>
        _variables.Add(new VariableEntry(VariableNames.FromKey(name), source) { Value = value, IsPlain = true, IsSensitive = isSensitive });

    internal void AddNotice(string notice) => _notices.Add(notice);

    internal InjectionContent Build()
    {
        List<VariableEntry> variables = ChooseVariables();
        List<FileEntry> files = ChooseFiles();
        CheckDirectories(files);
        CheckRequired(variables);
        return new InjectionContent(variables, files, _conflicts, _notices, [.. _secrets.Values]);
    }

    private List<VariableEntry> ChooseVariables()
    {
        List<VariableEntry> chosen = [];
        foreach (IGrouping<string, VariableEntry> sameName in _variables.GroupBy(static variable => variable.Name).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            int best = sameName.Max(static variable => variable.Rank);
            VariableEntry[] nearest = [.. sameName.Where(variable => variable.Rank == best)];
            VariableEntry first = nearest[0];
            if (nearest.FirstOrDefault(other => !other.SameAs(first)) is { } different)
            {
                Conflict(InjectionConflictKind.Variable, sameName.Key,
                    $"The variable {sameName.Key} is exported by {first.Source} and by {different.Source}, with different values. Leave one out, rename a key, or give one another variable or a prefix.");
            }

            CheckTarget(first);
            chosen.Add(first);
        }

        return chosen;
    }

    private void CheckTarget(VariableEntry variable)
    {
        if (!variable.IsNamedByType && RefusedVariables.Contains(variable.Name) && !options.AllowedVariables.Contains(variable.Name))
        {
            Conflict(InjectionConflictKind.RefusedVariable, variable.Name,
                $"{variable.Source} would set {variable.Name}, which decides what code runs. If that is meant, add it to InjectionOptions.AllowedVariables.");
        }

        if (variable.Value is { } value && (!value.IsText || value.RevealString().Contains('\0', StringComparison.Ordinal)))
        {
            Conflict(InjectionConflictKind.UnusableValue, variable.Name,
                $"The value of {variable.Name} from {variable.Source} cannot be a variable's: it is not text, or holds NUL. Deliver it as a file.");
        }
    }

    private List<FileEntry> ChooseFiles()
    {
        List<FileEntry> chosen = [];
        foreach (IGrouping<string, FileEntry> samePath in _files.GroupBy(static file => $"{file.Directory}/{file.Path}").OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            FileEntry first = samePath.First();
            if (samePath.FirstOrDefault(other => !other.SameAs(first)) is { } different)
            {
                Conflict(InjectionConflictKind.File, samePath.Key,
                    $"The file {samePath.Key} is wanted by {first.Source} and by {different.Source}, with different content. Give one another path.");
            }

            chosen.Add(first);
        }

        return chosen;
    }

    // A file cannot be where another one's directory is, and one mounted directory cannot be inside another.
    private void CheckDirectories(List<FileEntry> files)
    {
        HashSet<string> directories = [.. files.Select(file => InjectionPaths.Under(options.MountRoot, file.Directory))];
        HashSet<string> paths = [.. files.Select(file => $"{InjectionPaths.Under(options.MountRoot, file.Directory)}/{file.Path}")];
        foreach (string path in paths.Concat(directories).Order(StringComparer.Ordinal))
        {
            for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                string above = path[..slash];
                bool fileAbove = paths.Contains(above);
                if (!fileAbove && !(directories.Contains(path) && directories.Contains(above))) continue;
                Conflict(InjectionConflictKind.File, path, string.Create(CultureInfo.InvariantCulture, $"{path} would be inside {above}, which is {(fileAbove ? "a file" : "another secret's directory")} of the same plan. Give one another path."));
            }
        }
    }

    private void CheckRequired(List<VariableEntry> variables)
    {
        RequiredVariable[] needed = [.. options.RequiredVariables.Where(variable => options.Stage == SecretStage.All || variable.Stage == SecretStage.All || variable.Stage == options.Stage)];
        if (needed.Length == 0) return;
        IReadOnlySet<string> inherited = options.Inherited;
        foreach (RequiredVariable variable in needed)
        {
            if (variables.Any(given => given.Name == variable.Name) || inherited.Contains(variable.Name)) continue;
            Conflict(InjectionConflictKind.MissingVariable, variable.Name,
                $"The variable {variable.Name} is needed ({variable.Stage.ToString().ToLowerInvariant()}) and nothing gives it. Attach a secret with that key.");
        }
    }

    private void Conflict(InjectionConflictKind kind, string target, string message)
    {
        if (!_conflicts.Any(conflict => conflict.Kind == kind && conflict.Target == target)) _conflicts.Add(new InjectionConflict(kind, target, message));
    }
}
