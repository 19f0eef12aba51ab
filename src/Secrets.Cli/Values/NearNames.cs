namespace Secrets.Cli.Values;

/// <summary>What somebody may have meant, by edit distance.</summary>
internal static class NearNames
{
    public static IEnumerable<string> Of(string word, IEnumerable<string> known, int most = 2) => known
        .Select(name => (Name: name, Distance: Distance(word, name)))
        .Where(candidate => candidate.Distance > 0 && candidate.Distance <= most)
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name);

    // Edits and swaps of neighbours, one row at a time.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
