using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>Secrets in configuration: debug views, plain sources, options of a secret, rotation that does not fit.</summary>
public static class ConfigurationPaths
{
    [LeakPath]
    public static async Task Debug_view_and_plain_source(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["user"] = probe.Canary(), ["password"] = probe.Canary() });
        HostApplicationBuilder builder = Builder(probe, store);
        builder.Configuration.AddInMemoryCollection([new("Uri", "https://{{db.user}}:{{db.password | url}}@db")]);
        builder.AddSecretValues("db", "Db");
        using IHost host = builder.Build();
        await host.StartAsync();

        IConfigurationRoot root = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        probe.See(root.GetDebugView());
        probe.See(root.GetDebugView(context => $"{context.Path} {context.Value}"));
        probe.See(root.Providers.Select(provider => provider.ToString()).ToArray());
        await host.StopAsync();
    }

    [LeakPath]
    public static async Task Options_of_a_secret(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["password"] = probe.Canary(), ["port"] = probe.Canary() });
        HostApplicationBuilder builder = Builder(probe, store);
        builder.Services.AddSecretOptions<Fitting>("db");
        builder.Services.AddSecretOptions<Unfitting>("db");
        using IHost host = builder.Build();
        await host.StartAsync();

        probe.See(host.Services.GetRequiredService<IOptionsMonitor<Fitting>>().CurrentValue);
        await probe.FailsAsync(() => Task.FromResult(host.Services.GetRequiredService<IOptionsMonitor<Unfitting>>().CurrentValue));
        await host.StopAsync();
    }

    [LeakPath]
    public static async Task A_rotation_that_loses_a_key(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["password"] = probe.Canary() });
        HostApplicationBuilder builder = Builder(probe, store);
        builder.Configuration.AddInMemoryCollection([new("Password", "{{db.password}}")]);
        builder.Services.AddHealthChecks().AddSecrets();
        using IHost host = builder.Build();
        await host.StartAsync();

        store.Put(SecretAddress.Public("db"), new SecretValues { ["other"] = probe.Canary() });
        await host.Services.GetRequiredService<ISecretsClient>().RefreshSecretAsync(new SecretLookup("db"));
        probe.See(await host.Services.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>().CheckHealthAsync());
        await host.StopAsync();
    }

    private static HostApplicationBuilder Builder(LeakProbe probe, InMemorySecretStore store)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(probe.LoggerProvider);
        builder.AddSecrets(secrets => secrets.UseInMemory(store));
        return builder;
    }

    private sealed class Fitting
    {
        public SecretValue? Password { get; set; }
    }

    private sealed class Unfitting
    {
        public int Port { get; set; }
    }
}
