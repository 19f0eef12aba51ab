namespace Secrets.Cli.Hosting;

/// <summary>Puts a client over the store that a call means, for the person who calls.</summary>
internal static class ClientSource
{
    public static async Task<SecretsClient> OpenAsync(CommandCall call, CancellationToken cancellationToken) => call.Environment.UseStore is { } given
        ? Open(call, given)
        : Open(call, await StoreChoice.Of(call).OpenAsync(call, null, cancellationToken).ConfigureAwait(false));

    /// <summary>Opens a second store, which the call names, for the same person.</summary>
    public static async Task<SecretsClient> OpenOtherAsync(CommandCall call, string store, string? keyFile, CancellationToken cancellationToken) =>
        Open(call, await StoreChoice.From(store, call.Environment.Directory, call).OpenAsync(call, keyFile, cancellationToken).ConfigureAwait(false));

    private static SecretsClient Open(CommandCall call, Action<ISecretsBuilder> useStore)
    {
        string user = call.FirstOf(call.Options.User, "SECRETS_USER") ?? call.Environment.UserName;
        string? project = call.FirstOf(call.Options.Project, "SECRETS_PROJECT", call.Settings.Project);
        string? cluster = call.FirstOf(call.Options.Cluster, "SECRETS_CLUSTER", call.Settings.Cluster);
        return SecretsClient.Create(secrets =>
        {
            useStore(secrets);
            secrets.WithScopes(project, cluster).ActAs(user, SecretRole.Admin);
        });
    }
}
