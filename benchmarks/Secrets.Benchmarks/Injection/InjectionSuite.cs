using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.Benchmarks.Injection;

/// <summary>The masker in MB/s of one core's time, a run's own cost beside the process's, a mount beside writing the same files.</summary>
internal static class InjectionSuite
{
    private const int LogBytes = 8 * 1024 * 1024;
    private const int ChunkBytes = 32 * 1024;
    private const int Rounds = 7;

    internal static async Task RunAsync(TextWriter output)
    {
        foreach (int secrets in (int[])[20, 100]) Mask(output, secrets, shortest: 16);
        Mask(output, 100, shortest: 4);
        await RunProcessesAsync(output);
        await MountAsync(output);
    }

    // Per round the three see the same text; CPU time of this process, so that a busy machine does not show as a slow masker.
    private static void Mask(TextWriter output, int count, int shortest)
    {
        Random random = new(1);
        string[] values = [.. Enumerable.Range(0, count).Select(i => Value(random, i == 0 ? shortest : random.Next(16, 48)))];
        SecretMasker masker = new();
        for (int i = 0; i < count; i++) masker.Add($"s{i}", values[i]);
        string text = Log(random, values);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Regex regex = new(string.Join('|', values.Select(Regex.Escape)), RegexOptions.Compiled | RegexOptions.CultureInvariant);
        output.WriteLine($"{count} secrets, the shortest {shortest} characters, {bytes.Length / 1_000_000} MB of log with a value in every thousandth line:");
        Report(output, "  masker (all encodings)", bytes.Length, () =>
        {
            using MaskingStream stream = masker.Wrap(Stream.Null);
            for (int at = 0; at < bytes.Length; at += ChunkBytes) stream.Write(bytes, at, Math.Min(ChunkBytes, bytes.Length - at));
        });
        Report(output, "  compiled alternation Regex (raw only)", bytes.Length, () => regex.Replace(text, "***"));
        Report(output, "  string.Replace per value (raw only)", bytes.Length, () =>
        {
            string masked = text;
            foreach (string value in values) masked = masked.Replace(value, "***", StringComparison.Ordinal);
        });
    }

    private static void Report(TextWriter output, string name, int bytes, Action work)
    {
        work();
        double best = 0;
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            work();
            best = Math.Max(best, bytes / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        output.WriteLine($"{name,-42} {best,8:N0} MB/s");
    }

    private static async Task RunProcessesAsync(TextWriter output)
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("env", new SecretValues(Enumerable.Range(0, 50).Select(static i => KeyValuePair.Create($"VARIABLE_{i}", SecretValue.FromString($"value-number-{i}")))));
        InjectionPlan plan = await client.PlanInjectionAsync(["env"]);
        SecretRunOptions options = new() { Output = Stream.Null, Error = Stream.Null, Terminal = SecretTerminal.Never };
        List<double> added = [];
        List<double> bares = [];
        for (int i = 0; i < 40; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using (Process bare = Process.Start(new ProcessStartInfo("/bin/true") { RedirectStandardOutput = true, RedirectStandardError = true })!) await bare.WaitForExitAsync();
            double bareTook = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            await client.RunAsync(new ProcessStartInfo("/bin/true"), plan, options);
            if (i < 10) continue;
            bares.Add(bareTook);
            added.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds - bareTook);
        }

        output.WriteLine($"RunAsync of /bin/true with 50 variables: {Median(added):N2} ms more than {Median(bares):N2} ms bare, start to end (median of 30 pairs)");
    }

    private static async Task MountAsync(TextWriter output)
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        SecretValues values = new(Enumerable.Range(0, 100).Select(static i => KeyValuePair.Create($"file{i:D3}", SecretValue.FromString(new string('x', 200)))));
        await client.CreateSecretAsync("files", values, new CreateSecretOptions { Type = "file" });
        InjectionPlan plan = await client.PlanInjectionAsync(["files"]);
        foreach (string parent in (string[])["/dev/shm", Path.GetTempPath()])
        {
            List<double> ratios = [];
            List<double> times = [];
            List<double> bares = [];
            for (int i = 0; i < 65; i++)
            {
                string directory = Path.Combine(parent, "secrets-benchmark-" + Guid.NewGuid().ToString("N"));
                long start = Stopwatch.GetTimestamp();
                Directory.CreateDirectory(directory);
                foreach ((string name, SecretValue value) in values) await File.WriteAllBytesAsync(Path.Combine(directory, name), value.RevealBytes());
                double bare = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                Directory.Delete(directory, recursive: true);
                start = Stopwatch.GetTimestamp();
                await using SecretMount mount = await plan.MountAsync(directory, new SecretMountOptions { Follow = false });
                double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (i < 5) continue;
                ratios.Add(took / bare);
                times.Add(took);
                bares.Add(bare);
            }

            output.WriteLine($"Mount of 100 files in {parent} ({new DriveInfo(parent).DriveFormat}): {Median(times):N2} ms, {Median(ratios):N2} x writing them bare (median of 60 pairs); undisturbed {times.Min():N2} ms, {times.Min() / bares.Min():N2} x (best of each)");
        }
    }

    private static string Value(Random random, int length) => new(random.GetItems<char>("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", length));

    private static string Log(Random random, string[] values)
    {
        StringBuilder text = new(LogBytes);
        for (int line = 0; text.Length < LogBytes; line++)
        {
            text.Append($"2026-01-01T10:14:13.{random.Next(1000):000}Z info  Request {Guid.NewGuid()} took {random.Next(1000)} ms for /api/v1/items/{line} ");
            text.Append(line % 1000 == 0 ? values[random.Next(values.Length)] : "user agent Mozilla/5.0 (X11; Linux x86_64)").Append('\n');
        }

        return text.ToString();
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
