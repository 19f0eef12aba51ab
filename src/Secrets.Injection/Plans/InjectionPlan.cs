using System.Diagnostics;

namespace Secrets;

/// <summary>
/// The variables and files that a set of secrets exports: names and paths, and every conflict, before anything is written. It is applied by
/// the methods here, by a mount, or by running a process; a plan with conflicts refuses.
/// </summary>
/// <remarks>Immutable and safe to use from any thread. It holds the secrets as they were when it was made; mounts and processes follow them.</remarks>
public sealed class InjectionPlan
{
    internal InjectionPlan(InjectionSource source, InjectionContent content)
    {
        Source = source;
        Content = content;
        Variables = [.. content.Variables.Select(static variable => new PlannedVariable(variable.Name, variable.Source, variable.Address, variable.Value is null))];
        Files = [.. content.Files.Select(file => new PlannedFile($"{InjectionPaths.Under(source.Options.MountRoot, file.Directory)}/{file.Path}", file.Mode, file.Source, file.Address))];
    }

    /// <summary>The variables, sorted by name.</summary>
    public IReadOnlyList<PlannedVariable> Variables { get; }

    /// <summary>The files, sorted by path.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>What keeps the plan from being applied; empty if nothing does.</summary>
    public IReadOnlyList<InjectionConflict> Conflicts => Content.Conflicts;

    /// <summary>What the user should be told: a line that was skipped, a secret of another stage. Never a value.</summary>
    public IReadOnlyList<string> Notices => Content.Notices;

    internal InjectionSource Source { get; }

    internal InjectionContent Content { get; }

    /// <summary>Throws if there are conflicts.</summary>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.ValidationFailed"/>: one message with every conflict; reason <c>missing-variables</c> if variables are missing and
    /// nothing else is wrong, else <c>injection-conflict</c>.
    /// </exception>
    public void ThrowIfConflicting() => ThrowIfConflicting(Content);

    /// <summary>The variables with their values.</summary>
    /// <param name="mountRoot">Where the files are or will be; null for <see cref="InjectionOptions.MountRoot"/>.</param>
    /// <returns>Names and values, sorted by name. The caller owns it.</returns>
    /// <exception cref="SecretException">As for <see cref="ThrowIfConflicting()"/>.</exception>
    public SecretValues GetVariables(string? mountRoot = null)
    {
        ThrowIfConflicting();
        return Resolve(Content, mountRoot ?? Source.Options.MountRoot);
    }

    /// <summary>Sets the variables for a process that is started by other means.</summary>
    /// <param name="start">Gets the variables.</param>
    /// <param name="mount">The mounted files of this plan; may be null if it has none.</param>
    /// <exception cref="SecretException">As for <see cref="ThrowIfConflicting()"/>; <see cref="SecretErrorCode.InvalidArgument"/> (<c>not-mounted</c>): the plan has files.</exception>
    public void ApplyTo(ProcessStartInfo start, SecretMount? mount = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        foreach ((string name, SecretValue value) in GetVariables(RootOf(mount))) start.Environment[name] = value.RevealString();
    }

    /// <summary>Sets the variables in this process, where every library of it can read them, and every child inherits them.</summary>
    /// <param name="mount">The mounted files of this plan; may be null if it has none.</param>
    /// <exception cref="SecretException">As for <see cref="ApplyTo(ProcessStartInfo, SecretMount?)"/>.</exception>
    public void ApplyToCurrentProcess(SecretMount? mount = null)
    {
        foreach ((string name, SecretValue value) in GetVariables(RootOf(mount))) Environment.SetEnvironmentVariable(name, value.RevealString());
    }

    /// <summary>Names and paths; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"InjectionPlan({Variables.Count} variables, {Files.Count} files, {Conflicts.Count} conflicts)";

    internal static SecretValues Resolve(InjectionContent content, string mountRoot)
    {
        SecretValues values = [];
        foreach (VariableEntry variable in content.Variables) values.Add(variable.Name, variable.Resolve(mountRoot));
        return values;
    }

    internal static void ThrowIfConflicting(InjectionContent content)
    {
        if (content.Conflicts.Count == 0) return;
        bool onlyMissing = content.Conflicts.All(static conflict => conflict.Kind == InjectionConflictKind.MissingVariable);
        string all = string.Join('\n', content.Conflicts.Select(static conflict => "- " + conflict.Message));
        string names = onlyMissing ? $"Missing: {string.Join(", ", content.Conflicts.Select(static conflict => conflict.Target))}." : "Nothing was written or started.";
        throw new SecretException(SecretErrorCode.ValidationFailed, $"The secrets cannot be injected. {names}\n{all}") { Reason = onlyMissing ? "missing-variables" : "injection-conflict" };
    }

    private string? RootOf(SecretMount? mount)
    {
        if (Files.Count == 0 || mount is not null) return mount?.Path;
        throw new SecretException(SecretErrorCode.InvalidArgument, $"The plan has {Files.Count} files, and its variables name them. Mount it first (MountAsync) and pass the mount.") { Reason = "not-mounted" };
    }
}
