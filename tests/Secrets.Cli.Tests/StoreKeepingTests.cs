using System.Text.Json.Nodes;
using Secrets.Cli.Tests.Documentation;
using Secrets.Cli.Tests.Schemas;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>What needs a file to be put in another's place, or an id that is known only by then. In processes of their own, with anchors of their own.</summary>
public sealed class StoreKeepingTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public async Task MakeAStore()
    {
        _directory = new TemporaryDirectory();
        await DoneAsync("init");
        await DoneAsync("create", "db", "password=canary-old");
    }

    [TearDown]
    public void RemoveIt() => _directory.Dispose();

    [Test]
    public async Task An_older_file_is_refused_until_it_is_accepted_which_stays_on_record()
    {
        File.Copy(_directory["app.secrets"], _directory["copy"]);
        await DoneAsync("update", "db", "password=canary-new");
        File.Copy(_directory["copy"], _directory["app.secrets"], overwrite: true);
        (int code, string output, string errors) = await RunAsync("get", "db");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain("was rolled back"));

        (code, output, errors) = await RunAsync("store", "accept-rollback");
        Assert.That((code, output), Is.EqualTo((2, "")), errors);
        Assert.That(errors, Does.Contain("was rolled back").And.Contain("There is no terminal to ask on: add -y."));
        Assert.That((await RunAsync("get", "db")).Code, Is.EqualTo(1), "Nothing is accepted without a yes.");

        JsonObject accepted = await AnswerAsync("store", "accept-rollback", "-y");
        Assert.That((bool)accepted["accepted"]!, Is.True);
        Assert.That((await DoneAsync("get", "db", "-k", "password", "--reveal")).Trim(), Is.EqualTo("canary-old"));
        JsonObject status = await AnswerAsync("store", "status");
        JsonObject record = status["acceptedRollbacks"]!.AsArray().Single()!.AsObject();
        Assert.That((string)record["by"]!, Is.EqualTo($"{Environment.UserName}@{Environment.MachineName}"));
        Assert.That((ulong)record["anchoredCommit"]!, Is.EqualTo(3));
        Assert.That(await DoneAsync("store", "status"), Does.Match(@"\nRollback accepted on [0-9TZ:-]+ by \S+; commit 3 had been seen before\.\n$"));

        Assert.That((bool)(await AnswerAsync("store", "accept-rollback", "-y"))["accepted"]!, Is.False, "Once is enough.");
        Assert.That((await AnswerAsync("store", "status"))["acceptedRollbacks"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_slot_is_replaced_in_one_commit_and_the_old_key_opens_nothing()
    {
        JsonArray before = JsonNode.Parse(await DoneAsync("store", "slots", "--format", "json"))!.AsArray();
        string old = (string)before.Single()!["id"]!;
        ulong commits = (ulong)(await AnswerAsync("store", "status"))["commits"]!;

        JsonArray after = JsonNode.Parse(await DoneAsync("store", "slots", "--replace", old[..8], "--add-key-file", "new.key", "--format", "json"))!.AsArray();

        Assert.That((string)after.Single()!["id"]!, Is.Not.EqualTo(old));
        Assert.That((await RunAsync("get", "db")).Code, Is.EqualTo(4));
        Assert.That((await DoneAsync("get", "db", "-k", "password", "--reveal", "--key-file", "new.key")).Trim(), Is.EqualTo("canary-old"));
        Assert.That((ulong)(await AnswerAsync("store", "status", "--key-file", "new.key"))["commits"]!, Is.EqualTo(commits + 1));
    }

    [Test]
    public async Task A_backup_is_verified_with_nothing_to_compare_it_with()
    {
        File.Copy(_directory["app.secrets"], _directory["backup.secrets"]);
        await DoneAsync("update", "db", "password=canary-new", "--store", "app.secrets");
        string[] verify = ["store", "verify", "--store", "backup.secrets", "--key-file", "app.secrets.key"];

        Assert.That((await RunAsync(verify)).Errors, Does.Contain("was rolled back"), "By this machine's anchor it is an older file.");
        (int code, string output, string errors) = await ToolProcess.RunAsync(_directory.Path, new Dictionary<string, string> { ["XDG_STATE_HOME"] = _directory["elsewhere"] }, "", verify);
        Assert.That((code, output), Is.EqualTo((0, "Sound: 1 versions, every one opens.\n")), errors);
    }

    private async Task<JsonObject> AnswerAsync(params string[] arguments)
    {
        JsonObject answer = JsonNode.Parse(await DoneAsync([.. arguments, "--format", "json"]))!.AsObject();
        Assert.That(new SchemaCheck(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "cli-json.schema.json")))!.AsObject()).Faults($"{arguments[0]} {arguments[1]}", answer), Is.Empty);
        return answer;
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync(arguments);
        Assert.That(code, Is.Zero, errors);
        return output;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => ToolProcess.RunAsync(_directory.Path, null, "", arguments);
}
