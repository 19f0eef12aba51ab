using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>A generic host with references in its configuration.</summary>
public static class HostPaths
{
    [LeakPath]
    public static async Task Configuration_that_resolves(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        string canary = probe.Canary();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["password"] = canary });
        HostApplicationBuilder builder = Builder(probe, "{{db.password}}");
        builder.AddSecrets(secrets => secrets.UseInMemory(store));
        builder.Services.Configure<DbOptions>(builder.Configuration.GetSection("Db"));
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.That(host.Services.GetRequiredService<IOptions<DbOptions>>().Value.Password.RevealString(), Is.EqualTo(canary));
        probe.See(host.Services.GetRequiredService<IOptions<DbOptions>>().Value);
        store.Put(SecretAddress.Public("db"), new SecretValues { ["password"] = probe.Canary() });
        await host.Services.GetRequiredService<ISecretsClient>().RefreshSecretAsync(new SecretLookup("db"));
        await host.StopAsync();
    }

    [LeakPath]
    public static async Task Configuration_that_does_not(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["user"] = probe.Canary() });
        HostApplicationBuilder builder = Builder(probe, "{{db.user}}:{{db.password}}");
        builder.AddSecrets(secrets => secrets.UseInMemory(store));
        using IHost host = builder.Build();
        await probe.FailsAsync(() => host.StartAsync());
        await probe.FailsAsync(() => Task.FromResult(host.Services.GetRequiredService<IConfiguration>()["Db:Password"]));
    }

    private static HostApplicationBuilder Builder(LeakProbe probe, string value)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(probe.LoggerProvider);
        builder.Configuration.AddInMemoryCollection([new("Db:Password", value)]);
        return builder;
    }

    private sealed class DbOptions
    {
        public SecretValue Password { get; set; } = SecretValue.Empty;
    }
}
