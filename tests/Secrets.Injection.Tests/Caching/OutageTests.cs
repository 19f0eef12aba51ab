using Microsoft.Extensions.Diagnostics.HealthChecks;
using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class OutageTests
{
    private static readonly SecretLookup Db = new("db");

    [Test]
    public async Task Azure_App_Configuration_a_failure_overwrote_the_last_good_value_ours_is_kept_marked_and_replaced_after_recovery()
    {
        await using ClientRig rig = new();
        rig.Put("db", "good");
        await rig.ReadAsync("db");
        IDisposable outage = rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        await ReadEverySecondAsync(rig, TimeSpan.FromMinutes(30), "good");
        Assert.That((await rig.Client.GetSecretsAsync([Db]))[0].IsDegraded, Is.True);

        rig.Put("db", "newer");
        outage.Dispose();
        for (int second = 0; second < 160; second++)
        {
            rig.Client.TryGetSecret("db", out _);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("newer"), "at most one back-off and one circuit pause later");
        Assert.That((await rig.Client.GetSecretsAsync([Db]))[0].IsDegraded, Is.False);
    }

    [Test]
    public async Task Go_cloud_served_the_last_good_value_for_ever_with_health_green_ours_ends_with_a_typed_error()
    {
        await using ClientRig rig = new();
        SecretsHealthCheck check = new(rig.Client);
        HealthCheckContext context = new() { Registration = new HealthCheckRegistration("secrets", check, HealthStatus.Unhealthy, null) };
        rig.Put("db", "good");
        await rig.ReadAsync("db");
        rig.Client.TryGetSecret("db", out _);
        Assert.That((await check.CheckHealthAsync(context)).Status, Is.EqualTo(HealthStatus.Healthy));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        await ReadEverySecondAsync(rig, TimeSpan.FromMinutes(6), "good");
        Assert.That((await check.CheckHealthAsync(context)).Status, Is.EqualTo(HealthStatus.Degraded), "from the first refresh that failed");
        await ReadEverySecondAsync(rig, TimeSpan.FromMinutes(32), "good");
        Assert.That((await check.CheckHealthAsync(context)).Status, Is.EqualTo(HealthStatus.Unhealthy), "at half of the hour");
        await ReadEverySecondAsync(rig, TimeSpan.FromMinutes(26), "good");
        rig.Pass(TimeSpan.FromMinutes(2));

        Assert.That(rig.Client.TryGetSecret("db", out _), Is.False);
        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Stale, "last-unavailable")));
        Assert.That(error.Message, Does.Contain("01:0"), "its age");
        Assert.That(error.InnerException, Is.InstanceOf<SecretException>());
    }

    [Test]
    public async Task Refreshes_back_off_and_the_circuit_spares_the_store()
    {
        await using ClientRig rig = new();
        for (int i = 0; i < 50; i++)
            rig.Put($"s{i}", "1");
        for (int i = 0; i < 50; i++)
            await rig.ReadAsync($"s{i}");
        long before = rig.Reads;
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        for (int second = 0; second < 1_800; second++)
        {
            for (int i = 0; i < 50; i++)
                rig.Client.TryGetSecret($"s{i}", out _);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(rig.Reads - before, Is.LessThan(120), "half an hour of fifty failing secrets");
    }

    [Test]
    public async Task Retry_after_is_obeyed_by_refreshes_and_by_cold_reads()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Throttled) { RetryAfter = TimeSpan.FromMinutes(2), Times = 1 });
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Throttled));

        rig.Pass(TimeSpan.FromSeconds(119));
        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));
        Assert.That((error.Code, error.RetryAfter), Is.EqualTo((SecretErrorCode.Throttled, (TimeSpan?)TimeSpan.FromMinutes(2))));
        Assert.That(rig.Reads, Is.EqualTo(1));
        rig.Pass(TimeSpan.FromSeconds(2));

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task An_open_circuit_fails_fast_and_one_call_tries_after_the_pause()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        IDisposable outage = rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        for (int i = 0; i < 5; i++)
            await Refusal.OfAsync(rig.Client.GetSecretAsync($"x{i}"));
        long calls = rig.Reads;
        outage.Dispose();

        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));
        Assert.That((error.Code, error.Reason, rig.Reads), Is.EqualTo((SecretErrorCode.Unavailable, "circuit-open", calls)));
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task One_secret_that_fails_opens_no_circuit_for_the_others()
    {
        await using ClientRig rig = new();
        rig.Put("good", "1");
        rig.Put("bad", "1");
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Address = SecretAddress.Public("bad") });
        for (int i = 0; i < 10; i++)
            await Refusal.OfAsync(rig.Client.GetSecretAsync("bad"));

        Assert.That(await rig.ReadAsync("good"), Is.EqualTo("1"));
    }

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.NotFound)]
    public async Task A_store_that_says_denied_or_gone_ends_the_last_good_value(SecretErrorCode code)
    {
        await using ClientRig rig = new();
        rig.Put("db", "good");
        await rig.ReadAsync("db");
        rig.Client.TryGetSecret("db", out _);
        rig.Store.Faults.Add(new InMemoryFault(code) { Address = SecretAddress.Public("db") });

        rig.Pass(TimeSpan.FromMinutes(5));

        Assert.That(rig.Client.TryGetSecret("db", out _), Is.False);
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task An_outage_is_never_reported_as_not_found()
    {
        await using ClientRig rig = new();
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        rig.Pass(TimeSpan.FromSeconds(11));

        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    private static async Task ReadEverySecondAsync(ClientRig rig, TimeSpan time, string expected)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await rig.ReadAsync("db"), Is.EqualTo(expected));
        }
    }
}
