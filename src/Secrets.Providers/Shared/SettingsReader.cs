using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Reads one store's settings by name, without reflection, and refuses what it does not know: a misspelt setting is not a default.</summary>
internal sealed class SettingsReader
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _where;

    private SettingsReader(string where) => _where = where;

    public static SettingsReader Of(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        SettingsReader reader = new((section as IConfigurationSection)?.Path ?? "the configuration");
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (child.Value is { } value)
                reader._settings[child.Key] = value;
        }

        return reader;
    }

    public static SettingsReader Of(Uri url)
    {
        SettingsReader reader = new($"the {url.Scheme} URL");
        foreach (string pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            reader._settings[Uri.UnescapeDataString(parts[0])] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        // A credential in a URL ends up in logs and process lists.
        return url.UserInfo.Length == 0 ? reader : throw reader.Refused("takes no user name or password: give credentials the vendor's way");
    }

    public string? Text(string name) => _settings.Remove(name, out string? value) ? value : null;

    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw Refused($"needs a whole number as '{name}'");

    public bool? Truth(string name) => Text(name) is not { } text ? null
        : bool.TryParse(text, out bool truth) ? truth
        : throw Refused($"needs true or false as '{name}'");

    public Uri? Address(string name) => Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url
        : throw Refused($"needs an http or https address as '{name}'");

    public void NothingElse()
    {
        if (_settings.Count > 0)
            throw Refused($"has settings that this store does not know: {string.Join(", ", _settings.Keys)}");
    }

    public SecretException Refused(string what) => new(SecretErrorCode.InvalidArgument, $"{_where} {what}.") { Reason = "store-settings" };
}
