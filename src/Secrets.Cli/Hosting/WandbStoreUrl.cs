namespace Secrets.Cli.Hosting;

/// <summary>
/// The variables and URLs by which a W&amp;B server names its secret store, read as the stores of this tool: somebody who has them set need not set others.
/// </summary>
internal static class WandbStoreUrl
{
    private const string SourceVariable = "GORILLA_CUSTOMER_SECRET_STORE_SOURCE";
    private const string VaultVariable = "GORILLA_CUSTOMER_SECRET_STORE_AZ_CONFIG_VAULT_URI";

    /// <summary>The store that the variables name; null if they name none.</summary>
    public static string? OfVariables(Func<string, string?> variable) =>
        variable(SourceVariable) is { Length: > 0 } source
            ? Translate(source, variable) ?? throw new UsageException($"{SourceVariable} names a store that is none of ours: aws-secretmanager, gcp-secretmanager, az-secretmanager, or noop for none.")
            : null;

    /// <summary>This tool's own URL for one of theirs; null for every other URL.</summary>
    public static string? Translate(string text, Func<string, string?> variable)
    {
        int end = text.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
            return null;
        string rest = text[(end + 3)..];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        string host = (query < 0 ? rest : rest[..query]).Trim('/');
        string prefix = query < 0 ? "" : Namespace(rest[(query + 1)..]);
        return text[..end].ToUpperInvariant() switch
        {
            "AWS-SECRETMANAGER" => "aws-secrets-manager:" + (prefix.Length > 0 ? $"?prefix={prefix}%2F" : ""),
            "GCP-SECRETMANAGER" => $"google-secret-manager://{host}" + (prefix.Length > 0 ? $"?prefix={prefix}-" : ""),
            "AZ-SECRETMANAGER" => "azure-key-vault://" + VaultOf(variable),
            "NOOP" => throw new SecretException(SecretErrorCode.Unavailable, "The secret store is switched off here (noop). Name one: --store, SECRETS_STORE, secrets.json."),
            _ => null,
        };
    }

    private static string Namespace(string query) =>
        query.Split('&').FirstOrDefault(part => part.StartsWith("namespace=", StringComparison.Ordinal))?["namespace=".Length..] ?? "";

    private static string VaultOf(Func<string, string?> variable) => Uri.TryCreate(variable(VaultVariable), UriKind.Absolute, out Uri? vault)
        ? vault.Authority
        : throw new UsageException($"az-secretmanager needs the vault's address: set {VaultVariable}.");
}
