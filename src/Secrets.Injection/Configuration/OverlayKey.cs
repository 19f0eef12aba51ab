using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>One configuration key whose text holds references, parsed once for as long as the text stays the same.</summary>
internal sealed class OverlayKey
{
    private OverlayKey(ScannedKey scanned, string source, SecretTemplate? template, SecretException? malformed)
    {
        Path = scanned.Path;
        Text = scanned.Text;
        Provider = scanned.Provider;
        Source = source;
        Template = template;
        Malformed = malformed;
    }

    internal string Path { get; }

    internal string Text { get; }

    internal IConfigurationProvider Provider { get; }

    /// <summary>The provider that gives the text: <c>Json for 'appsettings.json' (Optional)</c>, <c>EnvironmentVariables</c>.</summary>
    internal string Source { get; }

    /// <summary>The parsed text; null exactly when it is malformed.</summary>
    internal SecretTemplate? Template { get; }

    internal SecretException? Malformed { get; }

    /// <summary>What each of the template's lookups gives; null before anybody collected it.</summary>
    internal FollowedSecret[]? Secrets { get; private set; }

    /// <summary>Says what the text needs, and keeps it.</summary>
    internal void Collect(FollowedSecrets secrets)
    {
        if (Template is not { HasReferences: true } template) return;
        Secrets = new FollowedSecret[template.Lookups.Count];
        for (int i = 0; i < Secrets.Length; i++)
            (Secrets[i] = secrets.Need(template.LookupSpan[i])).Add(template);
    }

    /// <summary>Parses what a scan found.</summary>
    /// <param name="scanned">The key.</param>
    /// <param name="source">What its provider is called, see <see cref="NameOf"/>.</param>
    /// <param name="options">What counts as a reference.</param>
    /// <param name="builder">Puts templates together; used again for each key.</param>
    /// <returns>The key; null if its text stands for itself, neither holding a reference nor escaping one.</returns>
    internal static OverlayKey? Parse(ScannedKey scanned, string source, SecretTemplateOptions options, SecretTemplateBuilder builder)
    {
        if (!SecretTemplate.TryParse(scanned.Text, options, SecretPlace.StartOf(source, scanned.Path), builder, out SecretTemplate? template, out SecretException? malformed))
            return new OverlayKey(scanned, source, null, malformed);
        if (!template.HasReferences && string.Equals(template.Literal, scanned.Text, StringComparison.Ordinal)) return null;
        return new OverlayKey(scanned, source, template, null);
    }

    /// <summary>What a provider is called in reports.</summary>
    internal static string NameOf(IConfigurationProvider provider)
    {
        string? said = provider.ToString();
        string name = said is null || said == provider.GetType().FullName ? provider.GetType().Name : said;
        return name.Replace(nameof(ConfigurationProvider), "", StringComparison.Ordinal);
    }
}
