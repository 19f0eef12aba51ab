namespace Secrets;

/// <summary>Few beginnings that many names have, for a listing that takes a few terms only.</summary>
internal static class NameCover
{
    /// <param name="names">The names, in ordinal order.</param>
    /// <param name="most">How many beginnings at the most.</param>
    /// <returns>Beginnings that leave out no name and as little else as they can; the empty one where names have nothing in common.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names, int most)
    {
        List<string> beginnings = [.. names];
        while (beginnings.Count > most)
        {
            // Names that share most stand next to each other.
            int best = 0, shared = -1;
            for (int i = 0; i + 1 < beginnings.Count; i++)
            {
                int common = beginnings[i].AsSpan().CommonPrefixLength(beginnings[i + 1]);
                if (common > shared)
                    (best, shared) = (i, common);
            }

            beginnings[best] = beginnings[best][..shared];
            beginnings.RemoveAt(best + 1);
        }

        return beginnings;
    }
}
