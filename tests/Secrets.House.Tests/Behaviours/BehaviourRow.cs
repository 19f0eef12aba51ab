using Secrets.House.Repository;

namespace Secrets.House.Behaviours;

/// <summary>One thing that a seed system does.</summary>
/// <param name="Id">Its id: <c>Z45</c>.</param>
/// <param name="System">Which system.</param>
/// <param name="IsInScope">Whether it is about names, scopes, visibility, rights, changes or listings, and so has to be proved.</param>
/// <param name="Behaviour">What it does.</param>
/// <param name="Detail">How.</param>
internal sealed record BehaviourRow(string Id, string System, bool IsInScope, string Behaviour, string Detail)
{
    public static IReadOnlyList<BehaviourRow> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Repo.Root, "tests", "Secrets.House.Tests", "Behaviours", "rows.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(" | ", 5))
            .Select(fields => new BehaviourRow(fields[0], fields[1], fields[2] == "yes", fields[3], fields[4])),
    ];
}
