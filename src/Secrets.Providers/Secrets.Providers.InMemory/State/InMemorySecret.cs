using System.Collections.Immutable;

namespace Secrets;

/// <summary>All versions of one secret, newest first. Immutable.</summary>
internal sealed class InMemorySecret(ImmutableList<InMemoryVersion> versions)
{
    internal ImmutableList<InMemoryVersion> Versions { get; } = versions;

    /// <summary>What a read without a version gives; null while there is only a pending one.</summary>
    internal InMemoryVersion? Current { get; } = versions.Find(version => version.IsCurrent);

    internal InMemoryVersion? Find(SecretVersion version) => Versions.Find(kept => kept.Version == version);

    /// <summary>With a new version on top; if that is to be current, the one that was becomes a previous one.</summary>
    internal InMemorySecret With(InMemoryVersion version, bool keepsVersions, int maxVersions)
    {
        ImmutableList<InMemoryVersion> versions = (version.IsCurrent ? WithoutCurrent() : Versions).Insert(0, version);
        if (!keepsVersions) versions = versions.RemoveAll(kept => kept.Properties.State is SecretVersionState.Previous or SecretVersionState.Destroyed);
        while (versions.Count > maxVersions)
        {
            int oldest = versions.FindLastIndex(kept => !kept.IsCurrent && kept != version);
            versions = versions.RemoveAt(oldest);
        }

        return new InMemorySecret(versions);
    }

    internal InMemorySecret Promote(InMemoryVersion version) =>
        new(WithoutCurrent().Replace(version, version.As(SecretVersionState.Current)));

    internal InMemorySecret Replace(InMemoryVersion old, InMemoryVersion with) => new(Versions.Replace(old, with));

    internal InMemorySecret All(Func<InMemoryVersion, InMemoryVersion> change) => new(Versions.ConvertAll(version => change(version)));

    private ImmutableList<InMemoryVersion> WithoutCurrent() =>
        Current is null ? Versions : Versions.Replace(Current, Current.As(SecretVersionState.Previous));
}
