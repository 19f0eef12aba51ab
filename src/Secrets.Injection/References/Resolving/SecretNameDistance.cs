namespace Secrets;

/// <summary>How many slips of the keyboard lie between two names: insert, leave out, replace, swap. Case and the kind of dash do not count.</summary>
internal static class SecretNameDistance
{
    private const int MaxLength = 128;

    internal static int Between(string left, string right)
    {
        if (left.Length > MaxLength || right.Length > MaxLength) return int.MaxValue;
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = Fold(left[i - 1]) == Fold(right[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + replace);
                bool swapped = i > 1 && j > 1 && Fold(left[i - 1]) == Fold(right[j - 2]) && Fold(left[i - 2]) == Fold(right[j - 1]);
                if (swapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }

    private static char Fold(char c) => c is '-' or '.' or '/' ? '_' : char.ToLowerInvariant(c);
}
