namespace Secrets.Injection.Tests.References;

/// <summary>Reads the table of edge cases out of docs/references.md and runs each row: the specification cannot say what is not so.</summary>
internal sealed class EdgeCaseTableTests
{
    private InMemorySecretStore _store = null!;
    private SecretsClient _client = null!;

    private static IEnumerable<TestCaseData> Rows => Table()
        .Select(cells => new TestCaseData(Code(cells[1]), cells[2].StartsWith('`') ? Code(cells[2]) : cells[2]).SetArgDisplayNames(cells[1], cells[2]));

    [OneTimeSetUp]
    public void Fill()
    {
        _store = new InMemorySecretStore();
        _store.Put(SecretAddress.Public("a"), new() { ["b"] = "1", ["c.d"] = "2", [".e"] = "3" });
        _store.Put(SecretAddress.Public("x.y"), new() { ["k"] = "4" });
        _store.Put(SecretAddress.Public("ONE"), new() { ["only"] = "{{a.b}}" });
        _store.Put(SecretAddress.Public("empty"), new() { ["k"] = "" });
        _client = SecretsClient.Create(secrets => secrets.UseInMemory(_store));
    }

    [OneTimeTearDown]
    public async Task Dispose()
    {
        await _client.DisposeAsync();
        await _store.DisposeAsync();
    }

    [TestCaseSource(nameof(Rows))]
    public async Task A_row_of_the_table_is_so(string template, string expected)
    {
        string outcome;
        try
        {
            outcome = await _client.ResolveAsync(template);
        }
        catch (SecretResolutionException)
        {
            outcome = "missing";
        }
        catch (SecretException malformed) when (malformed.Code == SecretErrorCode.MalformedReference)
        {
            outcome = $"error: {malformed.Reason}";
        }

        Assert.That(outcome, Is.EqualTo(expected));
    }

    [Test]
    public void The_table_is_found() => Assert.That(Table().Count(), Is.GreaterThan(70));

    [Test]
    public void Every_reason_that_the_tests_meet_is_listed()
    {
        string document = File.ReadAllText(Path.Combine(Root(), "docs", "references.md"));
        string[] met = [.. Rows.Select(row => (string)row.Arguments[1]!).Where(result => result.StartsWith("error: ", StringComparison.Ordinal)).Select(result => result[7..]).Distinct()];

        Assert.That(met, Is.All.Matches<string>(reason => document.Contains($"`{reason}`", StringComparison.Ordinal)));
    }

    private static IEnumerable<string[]> Table()
    {
        string document = File.ReadAllText(Path.Combine(Root(), "docs", "references.md"));
        int start = document.IndexOf("<!-- edge-cases -->", StringComparison.Ordinal);
        int end = document.IndexOf("<!-- /edge-cases -->", StringComparison.Ordinal);
        return document[start..end].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Cells);
    }

    // A bar inside code is written \| in a table, whatever else a backslash may be there.
    private static string[] Cells(string line) => [.. line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|').Select(cell => cell.Trim().Replace('\0', '|'))];

    private static string Code(string cell) => cell.Trim('`');

    private static string Root()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Secrets.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
