using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands.Store;

/// <summary>What a file keeps of versions, for people and for programs.</summary>
internal static class RetentionText
{
    public static string Of(EncryptedFileRetention retention) => string.Create(
        CultureInfo.InvariantCulture,
        $"Keeps {retention.MaxVersions} versions of each secret, the current one included, {(retention.MaxVersionAge is { } age ? $"and earlier ones for {DurationText.Of(age)}" : "however old")}.");

    public static JsonObject FieldsOf(EncryptedFileRetention retention) => new()
    {
        ["maxVersions"] = retention.MaxVersions,
        ["maxAge"] = retention.MaxVersionAge is { } age ? DurationText.Of(age) : null,
    };
}
