using Secrets.Cli.Hosting;

namespace Secrets.Cli.Values;

/// <summary>The words of <c>create NAME key=value --key=value</c>, in any order: one name, and pairs split at the first <c>=</c>.</summary>
/// <param name="Name">The secret's name.</param>
/// <param name="Pairs">Keys and unread texts, in the order given.</param>
internal sealed record PairArguments(string Name, IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    public static PairArguments Parse(IReadOnlyList<string> words, IEnumerable<string> optionNames)
    {
        string? name = null;
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            bool dashed = word.StartsWith("--", StringComparison.Ordinal);
            if (equals < 0 && dashed)
                throw new UsageException($"{word} is not an option here. To set a key, write {word}=value, {word}=@file or {word}=-.{NearMiss(word, optionNames)}");
            if (equals < 0 && name is not null)
                throw new UsageException($"'{name}' is the secret's name already; '{word}' is neither a pair (key=value) nor an option.");
            if (equals < 0)
            {
                name = word;
                continue;
            }

            string key = word[(dashed ? 2 : 0)..equals];
            if (key.Length == 0)
                throw new UsageException($"A pair needs a key before its '='.");
            if (dashed && NearMiss("--" + key, optionNames) is { Length: > 0 } near)
                throw new UsageException($"Is --{key} a key or a misspelt option?{near} For the key, write {key}=value without dashes.");
            if (pairs.Any(pair => pair.Key == key))
                throw new UsageException($"The key '{key}' is given twice.");
            pairs.Add(KeyValuePair.Create(key, word[(equals + 1)..]));
        }

        return new PairArguments(name ?? throw new UsageException("The secret's name is missing."), pairs);
    }

    private static string NearMiss(string word, IEnumerable<string> optionNames) =>
        NearNames.Of(word, optionNames, most: 1).FirstOrDefault() is { } near ? $" Did you mean {near}?" : "";
}
