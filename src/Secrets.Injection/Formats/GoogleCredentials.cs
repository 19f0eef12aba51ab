using System.Text.Json;

namespace Secrets;

/// <summary>Google's JSON credential files.</summary>
internal static class GoogleCredentials
{
    private const string Reason = "gcp-credentials";
    private static readonly string[] ServiceAccount = ["project_id", "private_key_id", "private_key", "client_email", "token_uri"];

    internal static void Check(SecretValue file)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(file.RevealBytes());
            Check(json.RootElement);
        }
        catch (JsonException)
        {
            // Its own message may quote the file.
            throw Wrong("it is not JSON.");
        }
    }

    private static void Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Wrong("it is not a JSON object.");
        switch (Text(root, "type"))
        {
            case "service_account":
                Require(root, ServiceAccount);
                if (!Text(root, "private_key")!.TrimStart().StartsWith("-----BEGIN ", StringComparison.Ordinal)) throw Wrong("its private_key is not a PEM block.");
                break;
            case "authorized_user":
                Require(root, "client_id", "client_secret", "refresh_token");
                break;
            case "external_account":
                Require(root, "audience", "subject_token_type", "token_url");
                break;
            case "impersonated_service_account":
                Require(root, "service_account_impersonation_url");
                break;
            case null:
                throw Wrong("it has no field type. Download a key of type JSON from the service account's page.");
            default:
                throw Wrong("its type is not one of service_account, authorized_user, external_account, impersonated_service_account.");
        }
    }

    private static void Require(JsonElement root, params string[] fields)
    {
        string[] missing = [.. fields.Where(field => string.IsNullOrEmpty(Text(root, field)))];
        if (missing.Length > 0) throw Wrong($"it lacks {string.Join(", ", missing)}.");
    }

    private static string? Text(JsonElement root, string field) =>
        root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SecretException Wrong(string problem) => FormatErrors.Refused("The Google credentials file", problem, Reason);
}
