namespace Secrets.Testing.FileWriter;

/// <summary>One moment in the store's dealings with the file system.</summary>
/// <param name="Call">Which call.</param>
/// <param name="Path">On which file.</param>
/// <param name="IsBefore">Just before it, or just after.</param>
internal readonly record struct FileStep(FileCall Call, string Path, bool IsBefore)
{
    /// <summary>Whether the call may change anything: a death at one that only looks is a death at the step before.</summary>
    internal bool Changes => Call is not (FileCall.Read or FileCall.GetLength or FileCall.IsAt or FileCall.Stamp or FileCall.Exists or FileCall.List);
}
