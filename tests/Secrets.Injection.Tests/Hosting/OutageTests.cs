using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Secrets.Injection.Tests.Hosting;

[TestFixture]
public sealed class OutageTests
{
    [Test]
    public async Task An_outage_keeps_the_values_and_shows_in_health_and_log_until_it_is_over()
    {
        TestHost host = new TestHost().Put("db", ("password", "one")).Set(("Db:Password", "{{db.password}}")).AddSecrets();
        host.Builder.Services.AddHealthChecks().AddSecrets();
        using IHost built = host.Build();
        await built.StartAsync();
        HealthCheckService health = built.Services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));

        IDisposable outage = host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        await AdvanceUntilAsync(host, async () => (await health.CheckHealthAsync()).Status == HealthStatus.Degraded);
        Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
        Assert.That(host.Log.Lines.Where(line => line.Level >= LogLevel.Warning), Is.Not.Empty);

        outage.Dispose();
        await AdvanceUntilAsync(host, async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy);
        Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
    }

    [Test]
    public async Task A_key_that_keeps_an_older_value_is_named_by_the_health_check()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"), ("password", "one")).Set(("Db:Password", "{{db.password}}")).AddSecrets();
        host.Builder.Services.AddHealthChecks().AddSecrets();
        using IHost built = host.Build();
        await built.StartAsync();
        HealthCheckService health = built.Services.GetRequiredService<HealthCheckService>();

        host.Put("db", ("user", "ada"));
        HealthReportEntry entry = default;
        await AdvanceUntilAsync(host, async () => (entry = (await health.CheckHealthAsync()).Entries["secrets"]).Status == HealthStatus.Degraded);

        Assert.Multiple(() =>
        {
            Assert.That(entry.Description, Does.Contain("Db:Password"));
            Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
            Assert.That(host.Log.Lines.Select(line => line.Text), Has.Some.Contains("'Db:Password' keeps its last good value (KeyNotFound)"));
        });
    }

    [Test]
    public async Task A_reference_that_a_running_host_learns_of_during_an_outage_gets_its_value_when_it_is_over()
    {
        TestHost host = new TestHost().Put("db", ("password", "one")).Put("new", ("k", "two")).Set(("Db:Password", "{{db.password}}"), ("Later", "plain")).AddSecrets();
        using IHost built = host.Build();
        await built.StartAsync();
        IDisposable outage = host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        host.Configuration["Later"] = "{{new.k}}";
        SecretException error = Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["Later"])!;
        Reloads reloads = new(host.Configuration);
        outage.Dispose();
        await AdvanceUntilAsync(host, () => Task.FromResult(reloads.Count > 0));

        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
            Assert.That((host.Configuration["Later"], host.Configuration["Db:Password"]), Is.EqualTo(("two", "one")));
        });
    }

    private static async Task AdvanceUntilAsync(TestHost host, Func<Task<bool>> done)
    {
        using CancellationTokenSource patience = new(Reloads.Patience);
        while (!await done())
        {
            patience.Token.ThrowIfCancellationRequested();
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }
}
