using System.Text;

namespace Secrets.House.Behaviours;

/// <summary><c>docs/behaviours.md</c>: each row with the tests that prove it.</summary>
internal static class BehaviourPage
{
    public const string Path = "docs/behaviours.md";

    public static string Text()
    {
        ILookup<string, string> proofs = BehaviourProof.All.ToLookup(proof => proof.RowId, proof => proof.Test);
        StringBuilder page = new();
        int proved = BehaviourRow.All.Count(row => proofs.Contains(row.Id));
        page.Append("# Behaviours of the five seed systems\n\n");
        page.Append("What mcli, the W&B secret manager, ZenML, BentoCloud and Paperspace Gradient do, row by row, and the tests that prove that this\n");
        page.Append("library can. Made from the `[Behaviour]` attributes of the tests by `eng/update-behaviours.sh`. Every test named here passes in every\n");
        page.Append("run: one that fails fails the build. A row without a test is not claimed.\n\n");
        page.Append($"{proved} of {BehaviourRow.All.Count} rows have a test.\n");
        foreach (IGrouping<string, BehaviourRow> system in BehaviourRow.All.GroupBy(row => row.System))
        {
            page.Append($"\n## {system.Key}\n\n| row | behaviour | detail | result | tests |\n|---|---|---|---|---|\n");
            foreach (BehaviourRow row in system)
            {
                string tests = string.Join("<br>", proofs[row.Id].Select(test => $"`{test}`"));
                page.Append($"| {row.Id} | {row.Behaviour} | {row.Detail} | {(tests.Length > 0 ? "passes" : "no test")} | {tests} |\n");
            }
        }

        return page.ToString();
    }
}
