using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Secrets.Benchmarks.References;

/// <summary>A warm template with two references, beside the floor of a dictionary hit over the same hundred names in the same rotation.</summary>
internal static partial class ResolveSuite
{
    private const int Count = 100;
    private const string ReferencePattern = @"\{\{\s*([\w.]+)\s*\}\}";

    internal static async Task RunAsync(TextWriter output)
    {
        InMemorySecretStore store = new();
        string[] names = [.. Enumerable.Range(0, Count).Select(i => $"database_credential_{i:00}")];
        foreach (string name in names)
            store.Put(SecretAddress.Public(name), new() { ["username"] = "mlflow", ["password"] = "not-a-real-password-1" });
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        ConcurrentDictionary<string, object> floor = new(names.Select(name => KeyValuePair.Create(name, new object())));
        SecretTemplate[] oneSecret = [.. names.Select(name => SecretTemplate.Parse($"Host=db;Username={{{{{name}.username}}}};Password={{{{{name}.password}}}}"))];
        SecretTemplate[] twoSecrets = [.. names.Select((name, i) => SecretTemplate.Parse($"Host=db;Username={{{{{name}.username}}}};Password={{{{{names[(i + 1) % Count]}.password}}}}"))];
        SecretTemplate[] encoded = [.. names.Select(name => SecretTemplate.Parse($"https://{{{{{name}.username}}}}:{{{{{name}.password | url}}}}@db"))];
        string[] texts = [.. oneSecret.Select(template => template.ToString())];
        foreach (SecretTemplate template in oneSecret)
            await client.ResolveAsync(template);

        Dictionary<string, string> values = names
            .SelectMany(name => new[] { KeyValuePair.Create($"{name}.username", "mlflow"), KeyValuePair.Create($"{name}.password", "not-a-real-password-1") })
            .ToDictionary(StringComparer.Ordinal);
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        HandlebarsTemplate<object, object>[] compiled = [.. texts.Select(text => handlebars.Compile(text))];
        Dictionary<string, object> model = names.ToDictionary(name => name, object (_) => new Dictionary<string, object> { ["username"] = "mlflow", ["password"] = "not-a-real-password-1" });

        Regex compiledReference = new(ReferencePattern, RegexOptions.Compiled);

        new PairedRun(TimeSpan.FromMilliseconds(150), 15)
            .Add("ConcurrentDictionary.TryGetValue (the floor)", Rotate(i => floor.TryGetValue(names[i], out _)))
            .Add("TryGetSecret", Rotate(i => client.TryGetSecret(names[i], out _)))
            .Add("ResolveAsync, two keys of one secret", Rotate(i => client.ResolveAsync(oneSecret[i])))
            .Add("ResolveAsync, keys of two secrets", Rotate(i => client.ResolveAsync(twoSecrets[i])))
            .Add("ResolveAsync, one of two encoded as url", Rotate(i => client.ResolveAsync(encoded[i])))
            .Add("Parse and ResolveAsync", Rotate(i => client.ResolveAsync(texts[i])))
            .Add("string.Replace per value", Rotate(i => Replace(texts[i], values, names[i])))
            .Add("Regex.Replace, compiled", Rotate(i => compiledReference.Replace(texts[i], match => values[match.Groups[1].Value])))
            .Add("Regex.Replace, source-generated", Rotate(i => Reference().Replace(texts[i], match => values[match.Groups[1].Value])))
            .Add("Handlebars.Net, compiled template", Rotate(i => compiled[i](model)))
            .Run(output);
    }

    private static string Replace(string text, Dictionary<string, string> values, string name) => text
        .Replace($"{{{{{name}.username}}}}", values[$"{name}.username"], StringComparison.Ordinal)
        .Replace($"{{{{{name}.password}}}}", values[$"{name}.password"], StringComparison.Ordinal);

    private static Action<int> Rotate(Action<int> body) => times =>
    {
        int at = 0;
        for (int i = 0; i < times; i++)
        {
            body(at);
            if (++at == Count) at = 0;
        }
    };

    [GeneratedRegex(ReferencePattern)]
    private static partial Regex Reference();
}
