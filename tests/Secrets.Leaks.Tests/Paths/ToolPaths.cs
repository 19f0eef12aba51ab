using System.Diagnostics;
using Secrets.Leaks.Probing;
using Secrets.Testing;

namespace Secrets.Leaks.Paths;

/// <summary>
/// The verbs of the tool that hand values on. What is meant to hold values (settings before they are adopted, a resolved file, a mount, a backup) lies
/// outside the probe's directory; everything else is searched.
/// </summary>
public static class ToolPaths
{
    [LeakPath]
    public static async Task Scanning_and_adopting(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        string settings = outside.Write("app/settings.json", $$"""{ "Mlflow": { "Password": "{{probe.PlainCanary()}}" }, "Url": "https://ada:{{probe.PlainCanary()}}@host/" }""");
        outside.Write("app/.env", $"API_TOKEN={probe.PlainCanary()}\n");
        string taken = outside.Write("taken.json", $$"""{ "Mlflow": { "Password": "{{probe.PlainCanary()}}" } }""");
        await ToolCall.DoneAsync(probe, null, "init");
        foreach (string format in new[] { "table", "json", "yaml", "csv" })
            Assert.That(await ToolCall.RunAsync(probe, null, "scan", outside["app"], "--format", format), Is.EqualTo(5));
        await ToolCall.DoneAsync(probe, null, "scan", outside["app"], "--adopt");
        Assert.That(await ToolCall.RunAsync(probe, null, "scan", taken, "--adopt"), Is.EqualTo(7), "the store has another value under that name");
        await ToolCall.DoneAsync(probe, null, "refs", settings);
        await ToolCall.DoneAsync(probe, null, "list", "--format", "json");
    }

    [LeakPath]
    public static async Task Running_a_program(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "settings", "--type", "env", "API_KEY=-");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "other", "--type", "env", "API_KEY=-");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "file", "--type", "mounted", "value=-");
        probe.Files.Write("app.env", "URL=https://{{settings.API_KEY}}@host\n");
        await ToolCall.DoneAsync(probe, null, "run", "--secret", "settings", "--env-file", "app.env", "--", "sh", "-c", "echo \"$API_KEY $URL\"; echo \"$API_KEY\" >&2");
        await ToolCall.DoneAsync(probe, null, "run", "--secret", "file", "--mount", outside["mount"], "--", "sh", "-c", $"cat {outside["mount"]}/*; env");
        Assert.That(await ToolCall.RunAsync(probe, null, "run", "--secret", "settings", "--secret", "other", "--", "true"), Is.Not.Zero, "the two disagree");
        Assert.That(await ToolCall.RunAsync(probe, null, "run", "--secret", "settings", "--", "/nowhere/program"), Is.Not.Zero);
        Assert.That(await ToolCall.RunAsync(probe, null, "run", "--secret", "settings", "--", "sh", "-c", "echo $API_KEY; kill -SEGV $$"), Is.EqualTo(128 + 11));
    }

    [LeakPath]
    public static async Task Crashing_while_a_program_runs(LeakProbe probe)
    {
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "settings", "--type", "env", "API_KEY=-");
        using Process process = ToolCall.Start(probe, "run", "--secret", "settings", "--", "sh", "-c", "echo started; exec sleep 60");
        probe.Catch("first line", await process.StandardOutput.ReadLineAsync() ?? "");
        await ToolCall.LookAsync(probe, process, "run");
        await ToolCall.AbortAsync(process);
        Assert.That(await ToolCall.EndAsync(probe, process, "run"), Is.EqualTo(128 + 6));
    }

    [LeakPath]
    public static async Task Mounting(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "file", "--type", "mounted", "value=-");
        using (Process process = ToolCall.Start(probe, "mount", outside["mount"], "--secret", "file"))
        {
            probe.Catch("first line", await process.StandardOutput.ReadLineAsync() ?? "");
            await ToolCall.LookAsync(probe, process, "mount");
            await ToolCall.SignalAsync(process, "INT");
            Assert.That(await ToolCall.EndAsync(probe, process, "mount"), Is.Zero.Or.EqualTo(130));
        }

        Assert.That(await ToolCall.RunAsync(probe, null, "mount", outside.Write("a-file", ""), "--secret", "file"), Is.Not.Zero);
        Assert.That(await ToolCall.RunAsync(probe, null, "mount", outside["mount"], "--secret", "nobody"), Is.EqualTo(3));
    }

    [LeakPath]
    public static async Task Injecting_into_a_file(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "db", "password=-");
        probe.Files.Write("app.tmpl", "Password={{db.password | connection-string}}\n");
        probe.Files.Write("wrong.tmpl", "Password={{db.password}};{{db.nope}}\n");
        await ToolCall.DoneAsync(probe, null, "inject", "app.tmpl", "-o", outside["app.conf"]);
        Assert.That(await ToolCall.RunAsync(probe, null, "inject", "app.tmpl", "-o", outside["app.conf"]), Is.EqualTo(7));
        Assert.That(await ToolCall.RunAsync(probe, null, "inject", "wrong.tmpl", "-o", outside["wrong.conf"]), Is.Not.Zero);
        Assert.That(await ToolCall.RunAsync(probe, null, "inject", "app.tmpl", "-o", outside["nowhere/app.conf"]), Is.Not.Zero);
        Assert.That(await ToolCall.RunAsync(probe, "{{db.password}} {{db", "inject", "-"), Is.Not.Zero);
    }

    [LeakPath]
    public static async Task Copying(LeakProbe probe)
    {
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, null, "init", "other.secrets", "--key-file", "other.key");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "db", "password=-", "--store", "app.secrets");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "mine", "password=-", "--private", "--store", "app.secrets");
        string[] copy = ["copy", "--to", "other.secrets", "--to-key-file", "other.key", "--store", "app.secrets"];
        await ToolCall.DoneAsync(probe, null, [.. copy, "--dry-run"]);
        await ToolCall.DoneAsync(probe, null, copy);
        await ToolCall.DoneAsync(probe, probe.Canary(), "update", "db", "password=-", "--store", "app.secrets");
        Assert.That(await ToolCall.RunAsync(probe, null, [.. copy, "--format", "json"]), Is.EqualTo(7));
        await ToolCall.DoneAsync(probe, null, [.. copy, "--overwrite", "--delete"]);
        Assert.That(await ToolCall.RunAsync(probe, null, "copy", "--to", "nowhere.secrets", "--store", "other.secrets", "--key-file", "other.key"), Is.Not.Zero);
    }

    [LeakPath]
    public static async Task Backing_up_and_restoring(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "db", "password=-");
        await ToolCall.DoneAsync(probe, null, "backup", outside["all.json"], "--dry-run");
        await ToolCall.DoneAsync(probe, null, "backup", outside["all.json"]);
        Assert.That(await ToolCall.RunAsync(probe, null, "backup", outside["all.json"]), Is.EqualTo(7), "it is there already");
        await ToolCall.DoneAsync(probe, probe.Canary(), "update", "db", "password=-");
        Assert.That(await ToolCall.RunAsync(probe, null, "restore", outside["all.json"], "--format", "json"), Is.EqualTo(7));
        await ToolCall.DoneAsync(probe, null, "restore", outside["all.json"], "--overwrite");
        string text = await File.ReadAllTextAsync(outside["all.json"]);
        Assert.That(await ToolCall.RunAsync(probe, null, "restore", outside.Write("half.json", text[..^20])), Is.EqualTo(2));
    }

    [LeakPath]
    public static async Task The_life_of_a_secret(LeakProbe probe)
    {
        await ToolCall.DoneAsync(probe, null, "init");
        await ToolCall.DoneAsync(probe, probe.Canary(), "create", "db", "password=-");
        await ToolCall.DoneAsync(probe, probe.Canary(), "rotate", "db", "password=-");
        await ToolCall.DoneAsync(probe, null, "rotate", "db", "--generate", "password", "--format", "json");
        await ToolCall.DoneAsync(probe, null, "rollback", "db", "--to", "1");
        await ToolCall.DoneAsync(probe, null, "versions", "db", "--format", "yaml");
        await ToolCall.DoneAsync(probe, null, "get", "db", "--version", "2");
        Assert.That(await ToolCall.RunAsync(probe, probe.Canary(), "update", "db", "password=-", "--if-version", "2"), Is.EqualTo(7));
        await ToolCall.DoneAsync(probe, probe.Canary(), "set", "db", "password=-", "--scope", "project:churn");
        await ToolCall.DoneAsync(probe, null, "explain", "db", "--project", "churn", "--format", "json");
        await ToolCall.DoneAsync(probe, null, "delete", "db", "-y");
        await ToolCall.DoneAsync(probe, null, "recover", "db");
        await ToolCall.DoneAsync(probe, null, "purge", "db", "-y");
        Assert.That(await ToolCall.RunAsync(probe, null, "recover", "db"), Is.Not.Zero);
    }
}
