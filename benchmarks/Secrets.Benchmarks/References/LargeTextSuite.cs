using System.Diagnostics;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Secrets.Benchmarks.References;

/// <summary>
/// One MiB of text (one char counted as one byte, so half of what passes through memory) with few references and with a hundred: parsed, and resolved beside a copy of the same text.
/// </summary>
internal static partial class LargeTextSuite
{
    private const int Length = 1 << 20;
    private const int Rounds = 15;
    private const string ReferencePattern = @"\{\{\s*([\w.]+)\s*\}\}";

    internal static async Task RunAsync(TextWriter output)
    {
        InMemorySecretStore store = new();
        Dictionary<string, string> values = [];
        for (int i = 0; i < 100; i++)
        {
            store.Put(SecretAddress.Public($"secret_{i}"), new() { ["key"] = $"not-a-real-value-{i}" });
            values[$"secret_{i}.key"] = $"not-a-real-value-{i}";
        }

        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        string few = Text(5);
        string hundred = Text(100);
        SecretTemplate fewParsed = SecretTemplate.Parse(few);
        SecretTemplate hundredParsed = SecretTemplate.Parse(hundred);
        await client.ResolveAsync(fewParsed);
        await client.ResolveAsync(hundredParsed);
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        Dictionary<string, object> model = values.ToDictionary(pair => pair.Key.Split('.')[0], object (pair) => new Dictionary<string, object> { ["key"] = pair.Value });
        HandlebarsTemplate<object, object> compiled = handlebars.Compile(hundred);

        Regex compiledReference = new(ReferencePattern, RegexOptions.Compiled);

        await MeasureAsync(output, "parse, 5 references", () => SecretTemplate.Parse(few),
            ("copy into a new string (the floor)", () => new string(few.AsSpan())),
            ("resolve, 5 references", () => client.ResolveAsync(fewParsed).AsTask().GetAwaiter().GetResult()),
            ("parse, 100 references", () => SecretTemplate.Parse(hundred)),
            ("resolve, 100 references", () => client.ResolveAsync(hundredParsed).AsTask().GetAwaiter().GetResult()),
            ("parse and resolve, 100 references", () => client.ResolveAsync(hundred).AsTask().GetAwaiter().GetResult()),
            ("string.Replace per secret, 100 references", () => values.Aggregate(hundred, (text, pair) => text.Replace($"{{{{{pair.Key}}}}}", pair.Value, StringComparison.Ordinal))),
            ("Regex.Replace, compiled, 100 references", () => compiledReference.Replace(hundred, match => values[match.Groups[1].Value])),
            ("Regex.Replace, source-generated, 100 references", () => Reference().Replace(hundred, match => values[match.Groups[1].Value])),
            ("Handlebars.Net, parse and compile, 100 references", () => handlebars.Compile(hundred)),
            ("Handlebars.Net, render, 100 references", () => compiled(model)));
    }

    private static string Text(int references)
    {
        const string Line = "The quick brown fox { jumps } over <the> lazy dog, and pays $5 for it: \"yes\" & no.\n";
        string text = string.Concat(Enumerable.Repeat(Line, (Length / Line.Length) + 1))[..Length];
        for (int i = 0; i < references; i++)
        {
            // At the start of a line, away from other braces: peers take a third one for something else.
            int at = (int)((i + 0.5) * Length / references);
            at -= at % Line.Length;
            string reference = $"{{{{secret_{i}.key}}}}";
            text = string.Concat(text.AsSpan(0, at), reference, text.AsSpan(at + reference.Length));
        }

        return text;
    }

    private static Task MeasureAsync(TextWriter output, string firstName, Func<object> first, params (string Name, Func<object> Body)[] others)
    {
        // The floor comes first in every round.
        (string Name, Func<object> Body)[] entries = [others[0], (firstName, first), .. others[1..]];
        int[] counts = [.. entries.Select(entry => CountFor(entry.Body))];
        double[][] times = [.. entries.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int n = 0; n < counts[i]; n++)
                    GC.KeepAlive(entries[i].Body());
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds / counts[i];
            }
        }

        output.WriteLine($"{"",-58} {"us",10} {"GB/s",9} {"best GB/s",10} {"x floor",8}");
        for (int i = 0; i < entries.Length; i++)
        {
            double[] ratios = [.. times[i].Zip(times[0], (mine, floor) => mine / floor).Order()];
            double seconds = times[i].Order().ElementAt(Rounds / 2);
            output.WriteLine($"{entries[i].Name,-58} {seconds * 1e6,10:N1} {Length / seconds / 1e9,9:N2} {Length / times[i].Min() / 1e9,10:N2} {ratios[Rounds / 2],8:N2}");
        }

        return Task.CompletedTask;
    }

    // Through the tiers of the compiler first; then as many as fill some milliseconds.
    private static int CountFor(Func<object> body)
    {
        Stopwatch warmUp = Stopwatch.StartNew();
        int runs = 0;
        while (warmUp.ElapsedMilliseconds < 400)
        {
            GC.KeepAlive(body());
            runs++;
        }

        return Math.Max(1, runs / 20);
    }

    [GeneratedRegex(ReferencePattern)]
    private static partial Regex Reference();
}
