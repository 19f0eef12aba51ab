using Secrets.House.Repository;

namespace Secrets.House.Behaviours;

/// <summary>The rows of the seed systems are proved, and the page that says so is as the tests are.</summary>
public sealed class BehaviourTests
{
    private const string UpdateVariable = "SECRETS_UPDATE_BEHAVIOURS";

    [Test]
    public void Every_row_in_scope_has_a_test()
    {
        HashSet<string> proved = [.. BehaviourProof.All.Select(proof => proof.RowId)];

        Assert.That(BehaviourRow.All.Where(row => row.IsInScope && !proved.Contains(row.Id)).Select(row => $"{row.Id} {row.Behaviour}"), Is.Empty);
    }

    [Test]
    public void Every_row_that_a_test_names_exists()
    {
        HashSet<string> rows = [.. BehaviourRow.All.Select(row => row.Id)];

        Assert.That(BehaviourProof.All.Where(proof => !rows.Contains(proof.RowId)), Is.Empty);
    }

    // Slow on purpose: whoever adds a test lands it, and the page follows before a release.
    [Test]
    [Category("Slow")]
    public void The_page_is_as_the_tests_are()
    {
        string path = Path.Combine(Repo.Root, BehaviourPage.Path);
        string actual = BehaviourPage.Text();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") File.WriteAllText(path, actual);
        string written = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        Assert.That(written, Is.EqualTo(actual), $"{BehaviourPage.Path} is old. Run eng/update-behaviours.sh and commit it.");
    }
}
