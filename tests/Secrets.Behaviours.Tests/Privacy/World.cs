using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;

namespace Secrets.Behaviours.Privacy;

/// <summary>A store with public secrets and private ones of Ada's, which in one of two worlds are <c>hers</c>, <c>gone</c> (deleted) and <c>both</c> (public, too).</summary>
internal sealed class World : IAsyncDisposable, ISecretAudit
{
    public const string IdOfHers = "3f2a91c0-0000-4000-8000-000000000001";

    private readonly ConcurrentQueue<SecretAuditEvent> _audit = new();
    private readonly InMemorySecretStore _store;
    private readonly SecretsClient _host;

    private World(InMemorySecretStore store, ManualTimeProvider clock, SecretLookupOrder order, SecretScopeChain scopes)
    {
        _store = store;
        _host = SecretsClient.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(new Random(7));
            builder.UseInMemory(_store).WithScopes(scopes).AddAudit(this).ConfigureClient(options => options.LookupOrder = order);
        });
    }

    public static SecretPrincipal Ada { get; } = new("ada", SecretRole.Admin);

    public static async Task<World> MakeAsync(bool hasAdas, SecretLookupOrder order, SecretScopeChain scopes)
    {
        ManualTimeProvider clock = new();
        InMemorySecretStore store = new(new InMemorySecretStoreOptions { TimeProvider = clock, Features = InMemorySecretStoreOptions.AllFeatures & ~SecretStoreFeatures.Watch });
        store.Put(SecretAddress.Public("shared"), Platform.Pair("public"));
        store.Put(SecretAddress.Public("both"), Platform.Pair("public"));
        // In the other world Ada has as much, under other names: that somebody wrote something shows in a version that the store counts.
        string prefix = hasAdas ? "" : "unrelated-";
        SecretProperties hers = new(Adas(SecretScope.Team, "hers"), default) { Id = hasAdas ? Guid.Parse(IdOfHers) : Guid.NewGuid() };
        await store.WriteAsync(new SecretWrite(hers, Platform.Pair("private")), default);
        foreach (string name in new[] { "hers", "both", "gone" })
            store.Put(Adas(SecretScope.Team, name), Platform.Pair("private"));
        foreach (string name in new[] { "hers", "both" })
            store.Put(Adas(scopes[0], name), Platform.Pair("private"));
        await store.DeleteAsync(new SecretDelete(Adas(SecretScope.Team, "gone")), default);

        store.Calls.Clear();
        return new World(store, clock, order, scopes);

        SecretAddress Adas(SecretScope scope, string name) => SecretAddress.Private(scope, "ada", prefix + name);
    }

    /// <summary>
    /// All that somebody can see of an answer: what it gives or how it fails, field by field; and, unless it goes on in the background, what was
    /// written down of it and which calls it made.
    /// </summary>
    public async Task<string> AnswerAsync(SecretPrincipal principal, string method, Func<SecretsClient, string, Task<object?>> ask, string name)
    {
        StringBuilder seen = new();
        try
        {
            Show(seen, await ask(_host.As(principal), name));
        }
        catch (Exception e)
        {
            Show(seen, e);
        }

        // Whoever listens reads in the background: how far that has come is nobody's secret.
        if (method is "OnChange" or "GetReloadToken") return seen.ToString();
        foreach (SecretAuditEvent line in _audit.Where(line => line.Principal.Equals(principal)))
            seen.Append($"\naudit {line}");
        foreach (InMemoryCall call in _store.Calls.Recorded)
            seen.Append($"\ncall {call.Operation} {string.Join(' ', call.Addresses)} {call.RoundTrips}");
        return seen.ToString();
    }

    public void Record(SecretAuditEvent auditEvent) => _audit.Enqueue(auditEvent);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Show(StringBuilder seen, object? given)
    {
        switch (given)
        {
            case Exception error:
                Show(seen, error);
                break;
            case string or null:
                seen.Append(given ?? "null");
                break;
            case Secret secret:
                Show(seen, secret.Properties);
                foreach ((string key, SecretValue value) in secret.Values)
                    seen.Append($" {key}={value.RevealString()}");
                break;
            case SecretProperties item:
                // An id that is made anew says nothing; one that is derived does, and would be Ada's.
                seen.Append($"[{item.Address} {item.Version} {item.State} {item.Type} {item.Description} {item.CreatedOn:O} {item.UpdatedOn:O} {item.DeletedOn:O} {string.Join(',', item.KeyNames ?? [])} {item.Id.ToString() == IdOfHers}]");
                break;
            case SecretLookupResult result:
                seen.Append($"{result.Status} {result.IsDegraded} ");
                Show(seen, (object?)result.Secret ?? result.Error);
                break;
            case SecretDescribeResult result:
                seen.Append($"{result.Status} ");
                Show(seen, (object?)result.Properties ?? result.Error);
                break;
            case SecretListPage page:
                seen.Append($"{page.Total} ");
                Show(seen, page.Items);
                break;
            case SecretBulkDeletion deletion:
                Show(seen, deletion.Deleted);
                Show(seen, deletion.Failed);
                break;
            case InjectionPlan plan:
                Show(seen, plan.Variables);
                Show(seen, plan.Files);
                Show(seen, plan.Conflicts);
                break;
            case SecretRegistrationResult result:
                seen.Append($"{string.Join(',', result.Created)} {string.Join(',', result.Updated)} {string.Join(',', result.Kept)} {string.Join(',', result.StillMissing)}");
                break;
            case IEnumerable items:
                foreach (object? item in items)
                    Show(seen.Append('\n'), item);
                break;
            default:
                seen.Append(given);
                break;
        }
    }

    private static void Show(StringBuilder seen, Exception error)
    {
        seen.Append($"{error.GetType().Name}: {error.Message} ({error.Data.Count}, {error.HResult}, {error.HelpLink})");
        if (error is SecretException coded)
            seen.Append($" {coded.Code} {coded.Reason} {coded.StoreName} {coded.Address} {coded.RetryAfter} {coded.IsTransient}");
        if (error is SecretResolutionException resolution)
            seen.Append($" {string.Join('\n', resolution.Problems)} {string.Join(',', resolution.Problems.SelectMany(problem => problem.NearNames))}");
        if (error.InnerException is { } inner) Show(seen.Append(" <- "), inner);
    }
}
