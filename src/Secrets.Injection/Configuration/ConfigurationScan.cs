using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>
/// Finds the keys whose applying value holds something that looks like a reference, over the providers of one configuration, in one pass over
/// what each of them holds.
/// </summary>
/// <remarks>
/// Walking the sections (<c>AsEnumerable</c>) would ask every provider for every section, and each answer costs that provider a pass over all
/// its keys: for a thousand keys, ten times the cost of loading them.
/// </remarks>
internal static class ConfigurationScan
{
    private const int MaxAttempts = 8;

    // Keyed by assembly, whose name is a new string at every asking; a program has two or three that have providers.
    private static readonly ConditionalWeakTable<Assembly, StrongBox<bool>> FrameworkAssemblies = [];

    [ThreadStatic]
    private static bool s_scanning;

    /// <summary>
    /// True while this thread scans. A provider of ours that is met inside a chained configuration then answers "null" for its keys: what it
    /// holds are values, and a value is never scanned for references.
    /// </summary>
    internal static bool IsScanning => s_scanning;

    /// <summary>Runs a scan.</summary>
    /// <param name="providers">The providers, the last one winning; none of them of the overlay that asks.</param>
    /// <param name="syntaxes">What counts as a reference.</param>
    /// <returns>The keys that need a closer look, with their texts.</returns>
    internal static List<ScannedKey> Run(IReadOnlyList<IConfigurationProvider> providers, SecretSyntaxes syntaxes)
    {
        bool outer = s_scanning;
        s_scanning = true;
        try
        {
            List<ScannedKey> found = [];
            for (int i = 0; i < providers.Count; i++)
            {
                int before = found.Count;
                Collect(providers[i], syntaxes, found);
                for (int key = found.Count - 1; key >= before; key--)
                {
                    if (IsOverridden(found[key].Path, providers, i)) found.RemoveAt(key);
                }
            }

            return found;
        }
        finally
        {
            s_scanning = outer;
        }
    }

    private static bool IsOverridden(string path, IReadOnlyList<IConfigurationProvider> providers, int index)
    {
        for (int later = index + 1; later < providers.Count; later++)
        {
            // What a secret gives is known only after a fetch, and a scan does not fetch: the overlay asks these when the key is read.
            if (providers[later] is not SecretValuesProvider && providers[later].TryGet(path, out _)) return true;
        }

        return false;
    }

    private static void Collect(IConfigurationProvider provider, SecretSyntaxes syntaxes, List<ScannedKey> found)
    {
        if (provider is SecretValuesProvider) return;
        if (provider is ConfigurationProvider own && DataOf(own) is { Count: > 0 } data)
        {
            if (IsOfTheFramework(provider))
            {
                // These give what they hold, so they are not asked again for what was just read.
                found.AddRange(TextsOf(data, syntaxes, provider));
                return;
            }

            foreach (string path in PathsOf(data))
                Consider(provider, path, syntaxes, found);
        }
        else if (provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot root })
        {
            foreach (ScannedKey key in Run([.. root.Providers], syntaxes))
                Consider(provider, key.Path, syntaxes, found);
        }
        else if (provider is ChainedConfigurationProvider { Configuration: { } section })
        {
            foreach ((string path, _) in section.AsEnumerable(makePathsRelative: true))
                Consider(provider, path, syntaxes, found);
        }
        else
        {
            Walk(provider, null, syntaxes, found);
        }
    }

    // Asked of the provider rather than taken from what it holds: a provider may override the getter.
    private static void Consider(IConfigurationProvider provider, string path, SecretSyntaxes syntaxes, List<ScannedKey> found)
    {
        if (provider.TryGet(path, out string? text) && text is not null && SecretOpener.IsIn(text, syntaxes)) found.Add(new ScannedKey(path, text, provider));
    }

    // For a provider of a foreign kind, which answers only section by section.
    private static void Walk(IConfigurationProvider provider, string? parent, SecretSyntaxes syntaxes, List<ScannedKey> found)
    {
        foreach (string child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string path = parent is null ? child : ConfigurationPath.Combine(parent, child);
            Consider(provider, path, syntaxes, found);
            Walk(provider, path, syntaxes, found);
        }
    }

    private static bool IsOfTheFramework(IConfigurationProvider provider) => FrameworkAssemblies.GetValue(
        provider.GetType().Assembly,
        static assembly => new StrongBox<bool>(assembly.FullName?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true)).Value;

    private static List<string> PathsOf(IDictionary<string, string?> data) => Unchanging(() => new List<string>(data.Keys));

    private static List<ScannedKey> TextsOf(IDictionary<string, string?> data, SecretSyntaxes syntaxes, IConfigurationProvider provider) => Unchanging(() =>
    {
        List<ScannedKey> texts = [];
        if (data is Dictionary<string, string?> dictionary)
        {
            foreach ((string path, string? text) in dictionary)
            {
                if (text is not null && SecretOpener.IsIn(text, syntaxes)) texts.Add(new(path, text, provider));
            }
        }
        else
        {
            texts.AddRange(data.Where(pair => pair.Value is { } text && SecretOpener.IsIn(text, syntaxes)).Select(pair => new ScannedKey(pair.Key, pair.Value!, provider)));
        }

        return texts;
    });

    // A provider whose keys are set one by one (in memory) can change while it is read; most replace their whole data and cannot.
    private static List<T> Unchanging<T>(Func<List<T>> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return read();
            }
            catch (Exception changed) when (attempt < MaxAttempts && changed is InvalidOperationException or ArgumentException)
            {
                Thread.Yield();
            }
        }
    }

    // Data is part of the public contract of every provider that derives from ConfigurationProvider, only not visible from outside it.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Data")]
    private static extern IDictionary<string, string?> DataOf(ConfigurationProvider provider);
}
