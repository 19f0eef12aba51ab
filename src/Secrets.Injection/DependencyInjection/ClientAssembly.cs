using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Secrets;

/// <summary>Makes a client out of its services and stores.</summary>
internal static class ClientAssembly
{
    internal static SecretsClient Assemble(ServiceProvider own, IServiceProvider seenByStores, IReadOnlyList<Func<IServiceProvider, ISecretStore>> createStores)
    {
        SecretsClientOptions options = Options<SecretsClientOptions>(own);
        SecretCacheOptions cache = Options<SecretCacheOptions>(own);
        ILogger log = own.GetRequiredService<ILoggerFactory>().CreateLogger("Secrets.Client");
        TimeProvider time = own.GetRequiredService<TimeProvider>();
        ISecretPolicy policy = SecretPolicies.AllOf([options.Policy, .. own.GetServices<ISecretPolicy>()]);
        ClientTelemetry telemetry = own.GetRequiredService<ClientTelemetry>();
        StoreGuard guard = own.GetRequiredService<StoreGuard>();
        OfflineSettings? offline = own.GetService<OfflineSettings>();
        List<ISecretStore> opened = [];
        try
        {
            foreach (Func<IServiceProvider, ISecretStore> createStore in createStores)
                opened.Add(guard.Guard(createStore(seenByStores)));
            ISecretStore store = opened.Count == 1 ? opened[0] : new ChainedSecretStore([.. opened], options.FallBackOnOutage);
            ISecretStore? copies = offline?.CreateStore(seenByStores);
            if (copies is not null) opened.Add(copies);
            ClientCore core = new(store, options, policy, time, log);
            ClientEngine engine = new(core, cache, telemetry, own.GetService<Random>() ?? Random.Shared, own.GetRequiredService<MonotonicClock>(),
                (clock, schedule) => copies is null ? null : new OfflineCopies(copies, offline!.MaxAge, clock, schedule, log));
            telemetry.Observe(engine.Health, guard.Circuits);
            return new SecretsClient(engine, new SecretsView(options.Principal, options.Scopes), release: async () =>
            {
                await engine.DisposeAsync().ConfigureAwait(false);
                await own.DisposeAsync().ConfigureAwait(false);
            });
        }
        catch
        {
            foreach (ISecretStore store in opened)
                Task.Run(() => store.DisposeAsync().AsTask()).GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>What every client has, whatever its host says.</summary>
    internal static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<SecretsClientOptions>, SecretsClientOptionsValidation>();
        services.AddSingleton<IValidateOptions<SecretCacheOptions>, SecretCacheOptionsValidation>();
        services.AddSingleton<ISecretAudit>(own => new LoggingAudit(own.GetRequiredService<ILoggerFactory>().CreateLogger(SecretsDiagnostics.AuditCategory)));
        services.AddSingleton(own => new MonotonicClock(own.GetRequiredService<TimeProvider>()));
        services.AddSingleton(own => new ClientTelemetry(own.GetServices<ISecretAudit>(), own.GetRequiredService<TimeProvider>(), own.GetRequiredService<ILoggerFactory>().CreateLogger("Secrets.Client")));
        services.AddSingleton(own => new StoreGuard(own.GetRequiredService<ClientTelemetry>(), own.GetRequiredService<MonotonicClock>(), Options<SecretCacheOptions>(own), own.GetRequiredService<TimeProvider>()));
    }

    internal static T Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceProvider services) where T : class
    {
        try
        {
            return services.GetRequiredService<IOptions<T>>().Value;
        }
        catch (OptionsValidationException invalid)
        {
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The options of the secrets client do not hold: {string.Join(" ", invalid.Failures)}", invalid) { Reason = "options" };
        }
    }
}
