namespace Secrets;

/// <summary>What a set of secrets exports at one moment, with everything that is wrong with it.</summary>
/// <param name="Variables">One entry per name, the one that applies, sorted by name.</param>
/// <param name="Files">One entry per file, sorted by path.</param>
/// <param name="Conflicts">What keeps it from being applied.</param>
/// <param name="Notices">What the user should be told.</param>
/// <param name="Secrets">Every secret that something in it comes from.</param>
internal sealed record InjectionContent(
    IReadOnlyList<VariableEntry> Variables,
    IReadOnlyList<FileEntry> Files,
    IReadOnlyList<InjectionConflict> Conflicts,
    IReadOnlyList<string> Notices,
    IReadOnlyList<Secret> Secrets)
{
    internal bool HasSameBytesAs(InjectionContent other, string mountRoot) =>
        Variables.Count == other.Variables.Count && Files.Count == other.Files.Count
        && Variables.Zip(other.Variables).All(pair => pair.First.Name == pair.Second.Name && pair.First.Resolve(mountRoot) == pair.Second.Resolve(mountRoot))
        && Files.Zip(other.Files).All(pair => pair.First.Directory == pair.Second.Directory && pair.First.Path == pair.Second.Path && pair.First.SameAs(pair.Second));
}
