using System.Diagnostics;
using Secrets.Leaks.Probing;
using Secrets.Testing;

namespace Secrets.Leaks.Paths;

/// <summary>The tool, as processes: what they print, what they write, and what anybody can read of them while they run.</summary>
public static class CommandLinePaths
{
    [LeakPath]
    public static async Task Commands_that_work(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        string value = outside.Write("value.txt", probe.PlainCanary());
        await RunAsync(probe, null, "init");
        await RunAsync(probe, probe.Canary(), "create", "db", "user=-", $"password=@{value}");
        await RunAsync(probe, null, "create", "copy", "--values", "@" + outside.Write("values.json", $$"""{ "key": "{{probe.PlainCanary()}}" }"""));
        await RunAsync(probe, null, "create", "settings", "--from-file", outside.Write(".env", $"TOKEN={probe.PlainCanary()}"));
        await RunAsync(probe, probe.Canary(), "set", "HF_TOKEN");
        await RunAsync(probe, probe.Canary(), "update", "db", "password=-");
        foreach (string format in new[] { "table", "json", "yaml" })
            await RunAsync(probe, null, "get", "db", "--format", format);
        foreach (string command in new[] { "list", "store verify", "store status", "store rotate-key", "store slots", "versions db", "explain db", "list --page 1 --size 1 --columns id,name,keys --format json", "list --columns bento", "rename copy other", "delete other -y" })
            await RunAsync(probe, null, command.Split(' '));
        foreach (string form in new[] { "json", "yaml", "dotenv" })
        {
            await RunAsync(probe, null, "export", "--all", "-o", outside[form], "--as", form);
            await RunAsync(probe, null, "import", outside[form], "--as", form);
        }

        probe.Files.Write("app.json", """{ "a": "{{db.password}}", "b": "{{db.nope}}" }""");
        await RunAsync(probe, null, "refs", "app.json");
        await RunAsync(probe, null, "validate", "app.json");
        await RunAsync(probe, null, "inject", "app.json");
    }

    [LeakPath]
    public static async Task Commands_that_fail(LeakProbe probe)
    {
        using TemporaryDirectory outside = new();
        await RunAsync(probe, null, "init");
        await RunAsync(probe, probe.Canary(), "create", "db", "password=-");
        await RunAsync(probe, probe.Canary(), "create", "db", "password=-");
        await RunAsync(probe, probe.Canary(), "create", "no name", "password=-");
        await RunAsync(probe, null, "create", "x", "--values", "@" + outside.Write("broken.json", $$"""{ "key": "{{probe.PlainCanary()}}" """));
        await RunAsync(probe, null, "import", outside.Write("import.json", $$"""{ "a": { "b": ["{{probe.PlainCanary()}}"] } }"""));
        foreach (string form in new[] { "json", "yaml", "dotenv" })
            await RunAsync(probe, null, "import", outside.Write($"import-{form}", $"a__b='{probe.PlainCanary()}"), "--as", form);
        await RunAsync(probe, null, "export", "db", "--as", "xml");
        await RunAsync(probe, null, "list", "--filter", "created=yesterday", "--after", "nonsense");
        await RunAsync(probe, null, "create", "x", "--type", "s3", "--config-file", outside.Write("config", probe.PlainCanary()), "--credentials-file", outside.Write("credentials", probe.PlainCanary()));
        await RunAsync(probe, null, "create", "x", "--from-file", outside.Write("broken.env", $"{probe.PlainCanary()}\nA: 'b"));
        await RunAsync(probe, probe.Canary(), "update", "db", "password=-", "-r", "nope");
        await RunAsync(probe, probe.Canary(), "set", "db", "password=-", "--store", "unknown://" + "host");

        string store = probe.Files["app.secrets"];
        byte[] bytes = await File.ReadAllBytesAsync(store);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(store, bytes);
        await RunAsync(probe, null, "get", "db", "--reveal");
        await RunAsync(probe, null, "store", "verify");
    }

    private static async Task RunAsync(LeakProbe probe, string? input, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll"), .. arguments])
        {
            WorkingDirectory = probe.Files.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = probe.Files["state"];
        using Process process = Process.Start(start)!;
        // The tool waits for its input, so that what the system tells of it can be read while it lives.
        foreach (string fact in new[] { "cmdline", "environ" })
        {
            if (File.Exists($"/proc/{process.Id}/{fact}"))
                probe.Catch($"{fact} of secrets {arguments[0]}", await File.ReadAllTextAsync($"/proc/{process.Id}/{fact}"));
        }

        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        probe.Catch($"standard output of secrets {arguments[0]}", await process.StandardOutput.ReadToEndAsync());
        probe.Catch($"standard error of secrets {arguments[0]}", await errors);
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.LessThan(100), $"secrets {arguments[0]} crashed");
    }
}
