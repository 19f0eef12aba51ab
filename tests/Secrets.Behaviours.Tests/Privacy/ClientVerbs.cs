namespace Secrets.Behaviours.Privacy;

/// <summary>Everything that a client can be asked about a secret, under the name of the method that asks it. What each gives is shown as text.</summary>
internal static class ClientVerbs
{
    private static readonly CreateSecretOptions Overwriting = new() { Overwrite = true };

    public static IReadOnlyList<(string Method, Func<SecretsClient, string, Task<object?>> Ask)> All { get; } =
    [
        ("TryGetSecret", (client, name) => Task.FromResult<object?>(client.TryGetSecret(name, out Secret? secret) ? secret : "cold")),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(name)),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(name, SecretVisibility.Private)),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(name, SecretVisibility.Public)),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(new SecretLookup(name) { Scope = SecretScope.Team })),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(new SecretLookup(name) { ScopeKind = "team" })),
        ("GetSecretAsync", async (client, name) => await client.GetSecretAsync(new SecretLookup(name) { Version = new SecretVersion("1") })),
        ("GetSecret", (client, name) => Task.FromResult<object?>(client.GetSecret(name))),
        ("GetSecretsAsync", async (client, name) => await client.GetSecretsAsync([new("shared"), new(name), new(name) { Visibility = SecretVisibility.Private }])),
        ("DescribeSecretsAsync", async (client, name) => await client.DescribeSecretsAsync([new("shared"), new(name), new(name) { Visibility = SecretVisibility.Private }])),
        ("RefreshSecretAsync", async (client, name) => await client.RefreshSecretAsync(new SecretLookup(name))),
        ("ReportRefusedAsync", async (client, name) => await client.ReportRefusedAsync(new SecretLookup(name), new SecretVersion("1"))),
        ("GetPreviousSecretAsync", async (client, name) => await client.GetPreviousSecretAsync(new SecretLookup(name))),
        ("UseSecretAsync", async (client, name) => await client.UseSecretAsync(name, Task.FromResult, _ => false)),
        ("CreateSecretAsync", async (client, name) => await client.CreateSecretAsync(name, Platform.Pair("new"))),
        ("CreateSecretAsync", async (client, name) => await client.CreateSecretAsync(name, Platform.Pair("new"), Platform.Private)),
        ("CreateSecretAsync", async (client, name) => await client.CreateSecretAsync(name, Platform.Pair("new"), Overwriting)),
        ("CreateSecret", (client, name) => Task.FromResult<object?>(client.CreateSecret(name, Platform.Pair("new")))),
        ("UpdateSecretAsync", async (client, name) => await client.UpdateSecretAsync(name, update => update.Set("key", "new"))),
        ("UpdateSecretAsync", async (client, name) => await client.UpdateSecretAsync(name, update => update.Remove("absent"))),
        ("UpdateSecretAsync", async (client, name) => await client.UpdateSecretAsync(name, update => update.Visibility = SecretVisibility.Private)),
        ("UpdateSecretAsync", async (client, name) => await client.UpdateSecretAsync(name, update => update.IfVersion = new SecretVersion("1"))),
        ("UpdateSecret", (client, name) => Task.FromResult<object?>(client.UpdateSecret(name, update => update.Description = "new"))),
        ("RenameSecretAsync", async (client, name) => await client.RenameSecretAsync(name, "elsewhere")),
        ("RenameSecretAsync", async (client, name) => await client.RenameSecretAsync("shared", name)),
        ("RenameSecret", (client, name) => Task.FromResult<object?>(client.RenameSecret(name, "elsewhere"))),
        ("DeleteSecretAsync", async (client, name) => await Done(client.DeleteSecretAsync(name))),
        ("DeleteSecretAsync", async (client, name) => await Done(client.DeleteSecretAsync(new SecretLookup(name) { Version = new SecretVersion("1") }))),
        ("DeleteSecret", (client, name) => Task.Run<object?>(() =>
        {
            client.DeleteSecret(name);
            return "done";
        })),
        ("ListSecretsAsync", async (client, name) => await client.ListSecretsAsync().ToListAsync()),
        ("ListSecretsAsync", async (client, name) => await client.ListSecretsAsync(new SecretQuery { Name = $"startswith:{name}", IncludeDeleted = true }).ToListAsync()),
        ("ListSecretsAsync", async (client, name) => await client.ListSecretsAsync(new SecretQuery { Visibility = SecretVisibility.Private }).ToListAsync()),
        ("ListSecrets", (client, name) => Task.FromResult<object?>(client.ListSecrets())),
        ("ListVersionsAsync", async (client, name) => await client.ListVersionsAsync(new SecretLookup(name)).ToListAsync()),
        ("ExplainAsync", async (client, name) => await client.ExplainAsync(name)),
        ("OnChange", (client, name) => ToldOfAsync(client, name, told => client.OnChange(name, change => told()))),
        ("GetReloadToken", (client, name) => ToldOfAsync(client, name, told => client.GetReloadToken(new SecretLookup(name)).RegisterChangeCallback(_ => told(), null))),
        ("RotateSecretAsync", async (client, name) => await client.RotateSecretAsync(new SecretLookup(name), new NewKey())),
        ("Demand", (client, name) => Task.Run<object?>(() =>
        {
            client.Demand(SecretAction.Reveal, SecretAddress.Private(SecretScope.Team, "ada", name));
            return "done";
        })),
        ("ListPageAsync", async (client, name) => await client.ListPageAsync(new SecretPageQuery { Search = name, IncludeDeleted = true })),
        ("FilterSecretsAsync", async (client, name) => await client.FilterSecretsAsync(new SecretPageQuery { Filters = [SecretFilter.Parse("owner", "ada"), SecretFilter.Parse("name", name)], Logic = SecretFilterLogic.Or }).ToListAsync()),
        ("FindSecretAsync", async (client, name) => await client.FindSecretAsync(name, allowPartialName: true)),
        ("FindSecretAsync", async (client, name) => await client.FindSecretAsync(name[..3], SecretVisibility.Private, allowPartialName: true)),
        ("FindSecretAsync", async (client, name) => await client.FindSecretAsync(World.IdOfHers)),
        ("FindSecretAsync", async (client, name) => await client.FindSecretAsync(World.IdOfHers[..8])),
        ("MatchSecretsAsync", async (client, name) => await client.MatchSecretsAsync([$"{name[..2]}*"])),
        ("DeleteSecretsAsync", async (client, name) => await client.DeleteSecretsAsync([name])),
        ("DeleteSecretsAsync", async (client, name) => await client.DeleteSecretsAsync(["*"])),
        ("RecoverSecretAsync", async (client, name) => await client.RecoverSecretAsync(new SecretLookup(name))),
        ("RollBackSecretAsync", async (client, name) => await client.RollBackSecretAsync(new SecretLookup(name))),
        ("PurgeSecretAsync", async (client, name) => await Done(client.PurgeSecretAsync(new SecretLookup(name)))),
        ("ExportSecretsAsync", async (client, name) => (await client.ExportSecretsAsync(["*"])).RevealString()),
        ("ExportSecretsAsync", async (client, name) => (await client.ExportSecretsAsync([name], SecretExchangeFormat.Yaml)).RevealString()),
        ("ImportSecretsAsync", async (client, name) => await client.ImportSecretsAsync([new SecretImport(name, Platform.Pair("new"), new CreateSecretOptions()), new SecretImport(name, Platform.Pair("new"), Platform.Private)])),
        ("ListRequiredSecretsAsync", async (client, name) => await client.ListRequiredSecretsAsync([Reference(name)])),
        ("RegisterSecretsAsync", async (client, name) => await client.RegisterSecretsAsync([Reference(name)], (_, _) => new ValueTask<SecretValue?>((SecretValue?)null))),
        ("ResolveAsync", async (client, name) => await client.ResolveAsync($"{{{{{name}.key}}}} {{{{{name}x.key}}}} {{{{{name[..^1]}.key}}}}")),
        ("ResolveAsync", async (client, name) => await client.ResolveAsync($"{{{{{name}.key ?? \"default\"}}}}")),
        ("ResolveAllAsync", async (client, name) => await client.ResolveAllAsync([Reference(name), Reference("shared")])),
        ("ValidateAsync", async (client, name) => await client.ValidateAsync(Reference(name), SecretValidationLevel.SecretExists)),
        ("ValidateAsync", async (client, name) => await client.ValidateAsync(Reference($"{name}x"), SecretValidationLevel.SecretAndKeyExists)),
        ("PlanInjectionAsync", async (client, name) => await client.PlanInjectionAsync([name, "shared"])),
    ];

    private static SecretTemplate Reference(string name) => SecretTemplate.Parse($"{{{{{name}.key}}}}");

    private static async Task<object?> Done(ValueTask call)
    {
        await call;
        return "done";
    }

    // Ada writes while the other one listens.
    private static async Task<object?> ToldOfAsync(SecretsClient client, string name, Func<Action, IDisposable> listen)
    {
        int told = 0;
        using IDisposable subscription = listen(() => Interlocked.Increment(ref told));
        SecretsClient ada = client.As(World.Ada);
        await ada.CreateSecretAsync($"{name}2", Platform.Pair("1"), Platform.Private);
        await ada.UpdateSecretAsync(new SecretLookup($"{name}2") { Visibility = SecretVisibility.Private }, update => update.Set("key", "2"));
        await ada.CreateSecretAsync(name, Platform.Pair("3"), new CreateSecretOptions { Visibility = SecretVisibility.Private, Overwrite = true });
        return told;
    }

    private sealed class NewKey : ISecretRotator
    {
        public ValueTask<SecretValues> GenerateAsync(Secret current, CancellationToken cancellationToken) => new(Platform.Pair("rotated"));

        public ValueTask SetAsync(Secret current, Secret pending, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TestAsync(Secret current, Secret pending, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
