using System.Diagnostics;

namespace Secrets.Testing.FileWriter;

/// <summary>Does one of everything that changes the file, and dies at a given step.</summary>
internal static class Crashing
{
    internal static async Task<int> RunAsync(EncryptedFileOptions options, int dieAt, TextWriter output)
    {
        int steps = 0;
        Dictionary<string, (int First, int Last)> points = [];
        options.Files = new InterceptedFileOperations(options.Files, step =>
        {
            if (!step.Changes)
                return;
            string point = $"{(step.IsBefore ? "before" : "after")}-{step.Call}-{RoleOf(step.Path, options.Path)}";
            steps++;
            points[point] = (points.TryGetValue(point, out (int First, int Last) known) ? known.First : steps, steps);
            if (steps == dieAt)
                Process.GetCurrentProcess().Kill();
        })
        {
            TearsWrites = true,
        };
        options.Anchor = new FileRollbackAnchor(Path.Combine(Path.GetDirectoryName(options.Path)!, "anchors"), options.Files);
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options))
        {
            await output.WriteLineAsync("open");
            await EverythingAsync(store, options, line => output.WriteLineAsync(line));
        }

        await output.WriteLineAsync("end");
        foreach ((string point, (int first, int last)) in points)
            await output.WriteLineAsync($"point {point} {first} {last}");
        return 0;
    }

    private static string RoleOf(string path, string store) =>
        path == store ? "store"
        : path.EndsWith(".lock", StringComparison.Ordinal) ? "lock"
        : path.EndsWith(".turn", StringComparison.Ordinal) ? "turn"
        : path.EndsWith(".anchor", StringComparison.Ordinal) ? "anchor"
        : path.Contains(".compacting-", StringComparison.Ordinal) ? "compacted"
        : path.Contains("-key", StringComparison.Ordinal) ? path.Contains(".creating-", StringComparison.Ordinal) ? "new-key" : "key"
        : "directory";

    /// <summary>The script. Each line told is a promise that holds whatever happens after it.</summary>
    internal static async Task EverythingAsync(EncryptedFileSecretStore store, EncryptedFileOptions options, Func<string, Task> tell, string db = "db", string gone = "gone")
    {
        SecretVersion first = default;
        for (int i = 1; i <= 3; i++)
        {
            SecretProperties written = await WriteAsync(store, db, i);
            first = i == 1 ? written.Version : first;
            await tell($"db {written.Version} {i}");
        }

        await WriteAsync(store, gone, 1);
        await tell("gone 1 1");
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public(gone)) { Purge = true }, default);
        await tell("purged gone");
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public(db)) { Version = first }, default);
        await tell($"destroyed {db} {first}");
        UnlockSlot slot = await store.Slots.AddAsync(new KeyFileUnlock(options.Path + ".second-key", options.Files));
        await tell("slot");
        slot = await store.Slots.ReplaceAsync(slot.Id, new KeyFileUnlock(options.Path + ".third-key", options.Files));
        await tell("other-slot");
        await store.Slots.RemoveAsync(slot.Id);
        await tell("no-slot");
        await store.Maintenance.RotateKeyAsync();
        await tell("rotated");
        await WriteAsync(store, db, 4);
        await tell("db 4 4");
        await store.Maintenance.CompactAsync();
        await WriteAsync(store, db, 5);
        await tell("db 5 5");
    }

    private static async Task<SecretProperties> WriteAsync(EncryptedFileSecretStore store, string name, long number) => await store.WriteAsync(
        new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), new SecretValues { ["number"] = $"{number}", ["value"] = Writing.ValueOf(name, number) }), default);
}
