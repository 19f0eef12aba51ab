using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Injection.Tests.Hosting;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Configuration;

/// <summary>A name that speaks of another library names a fault that it shipped.</summary>
[TestFixture]
public sealed class RotationTests
{
    private sealed class DbOptions
    {
        public string? User { get; set; }

        public string? Password { get; set; }
    }

    [Test]
    public async Task A_rotation_reaches_the_reload_token_and_the_options_monitor()
    {
        TestHost host = Db().Set(("Db:User", "{{db.user}}"), ("Db:Password", "{{db.password}}")).AddSecrets();
        host.Builder.Services.Configure<DbOptions>(host.Configuration.GetSection("Db"));
        using IHost built = await StartedAsync(host);
        IOptionsMonitor<DbOptions> monitor = built.Services.GetRequiredService<IOptionsMonitor<DbOptions>>();
        Assert.That((monitor.CurrentValue.User, monitor.CurrentValue.Password), Is.EqualTo(("ada", "one")));
        Reloads reloads = new(host.Configuration);
        // The token calls its listeners one after the other: that one has heard says nothing of the next.
        TaskCompletionSource<DbOptions> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable? listening = monitor.OnChange(options => changed.TrySetResult(options));

        host.Put("db", ("user", "bob"), ("password", "two"));
        await reloads.NextAsync();
        DbOptions renewed = await changed.Task.WaitAsync(Reloads.Patience);

        Assert.That((renewed.User, renewed.Password), Is.EqualTo(("bob", "two")));
    }

    [Test]
    public async Task A_rotation_of_what_nobody_uses_raises_nothing()
    {
        TestHost host = Db().Put("unused", ("k", "1")).Set(("Db:Password", "{{db.password}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        Reloads reloads = new(host.Configuration);

        host.Put("unused", ("k", "2"));
        host.Put("db", ("user", "another"), ("password", "one"));
        host.Put("db", ("user", "another"), ("password", "two"));
        await reloads.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["Db:Password"], Is.EqualTo("two"));
            Assert.That(reloads.Count, Is.EqualTo(1), "a new version with the same value in use is no change");
        });
    }

    [Test]
    public async Task Azure_Key_Vault_provider_missed_the_change_after_a_failed_poll_and_here_it_is_seen()
    {
        TestHost host = Db().Set(("Db:Password", "{{db.password}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        Reloads reloads = new(host.Configuration);

        IDisposable outage = host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        host.Put("db", ("user", "ada"), ("password", "two"));
        await AdvanceUntilAsync(host, () => host.Log.Lines.Any(line => line.Text.Contains("keeps its last good value", StringComparison.Ordinal)) || host.Store.Calls.Count(InMemoryOperation.Read) > 1);
        Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
        outage.Dispose();
        await AdvanceUntilAsync(host, () => reloads.Count > 0);

        Assert.That(host.Configuration["Db:Password"], Is.EqualTo("two"));
    }

    [Test]
    public async Task VaultSharp_reload_deleted_what_had_not_changed_and_here_it_stays()
    {
        TestHost host = Db().Put("other", ("k", "kept")).Set(("Db:Password", "{{db.password}}"), ("Other", "{{other.k}}"), ("Plain", "x")).AddSecrets();
        using IHost built = await StartedAsync(host);
        Reloads reloads = new(host.Configuration);

        host.Put("db", ("user", "ada"), ("password", "two"));
        await reloads.NextAsync();

        Assert.That((host.Configuration["Db:Password"], host.Configuration["Other"], host.Configuration["Plain"]), Is.EqualTo(("two", "kept", "x")));
    }

    [Test]
    public async Task App_Configuration_overwrote_the_last_good_value_with_null_and_here_an_outage_keeps_it()
    {
        TestHost host = Db().Set(("Db:Password", "{{db.password}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        for (int hour = 0; hour < 48; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            ((IConfigurationRoot)host.Configuration).Reload();
            Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
        }
    }

    [Test]
    public async Task Steeltoe_expanded_values_again_and_logged_them_and_here_a_value_is_data_and_in_no_log()
    {
        string canary = Canary.Text();
        TestHost host = new TestHost().Put("db", ("password", $"{{{{other.k}}}} {canary}")).Put("other", ("k", "expanded")).Set(("Db:Password", "{{db.password}}"), ("Missing", "{{gone.k}}")).AddSecrets();
        host.Builder.Logging.SetMinimumLevel(LogLevel.Trace);

        Assert.That(host.Configuration["Db:Password"], Is.EqualTo($"{{{{other.k}}}} {canary}"));
        SecretException error = Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["Missing"])!;
        using IHost built = host.Build();
        Assert.ThrowsAsync<SecretValidationException>(async () => await built.StartAsync());
        await built.StopAsync();

        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain("Missing"), "an error with its place, no text left in silence");
            Assert.That(host.Log.Lines.Select(line => line.Text), Has.None.Contains(canary));
        });
    }

    [Test]
    public async Task Kralizek_started_another_poll_loop_with_each_load_and_here_there_is_one()
    {
        TestHost host = Db().Set(("Db:Password", "{{db.password}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        _ = host.Configuration["Db:Password"];
        int timers = host.Time.PendingTimers;

        for (int i = 0; i < 20; i++)
        {
            ((IConfigurationRoot)host.Configuration).Reload();
            _ = host.Configuration["Db:Password"];
        }

        Assert.That(host.Time.PendingTimers, Is.EqualTo(timers));
        Assert.That(host.Store.Calls.Count(InMemoryOperation.Watch), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task A_version_that_lost_a_key_in_use_is_not_taken_by_halves()
    {
        TestHost host = Db().Put("signal", ("k", "1")).Set(("Db:User", "{{db.user}}"), ("Db:Password", "{{db.password}}"), ("Signal", "{{signal.k}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        Reloads reloads = new(host.Configuration);

        host.Put("db", ("user", "bob"));
        host.Put("signal", ("k", "2"));
        await reloads.NextAsync();
        await UntilLoggedAsync(host, "no longer gives 'db.password'");

        Assert.That((host.Configuration["Db:User"], host.Configuration["Db:Password"]), Is.EqualTo(("ada", "one")), "never a new user with an old password");
    }

    [Test]
    public async Task A_secret_that_is_deleted_keeps_its_last_value_and_gives_way_to_a_default()
    {
        TestHost host = Db().Put("flag", ("k", "on")).Set(("Db:Password", "{{db.password}}"), ("Flag", "{{flag.k ?? \"off\"}}")).AddSecrets();
        using IHost built = await StartedAsync(host);
        Reloads reloads = new(host.Configuration);

        host.Store.Remove(SecretAddress.Public("db"));
        host.Store.Remove(SecretAddress.Public("flag"));
        await reloads.NextAsync();

        Assert.That((host.Configuration["Db:Password"], host.Configuration["Flag"]), Is.EqualTo(("one", "off")));
    }

    [Test]
    public async Task Rotated_values_of_a_plain_source_reach_the_reload_token()
    {
        TestHost host = Db().AddSecrets();
        host.Builder.AddSecretValues("db", "Db");
        using IHost built = await StartedAsync(host);
        Assert.That(host.Configuration["Db:password"], Is.EqualTo("one"));
        Reloads reloads = new(host.Configuration);

        host.Put("db", ("user", "ada"), ("password", "two"), ("port", "1"));
        await reloads.NextAsync();

        Assert.That((host.Configuration["Db:password"], host.Configuration["Db:port"]), Is.EqualTo(("two", "1")));
    }

    [Test]
    public async Task Options_of_a_secret_are_live_and_keep_the_last_version_that_fits()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"), ("password", "one")).AddSecrets();
        host.Builder.Services.AddSecretOptions<DbOptions>("db").Validate(options => options.User?.Length > 0);
        using IHost built = await StartedAsync(host);
        IOptionsMonitor<DbOptions> monitor = built.Services.GetRequiredService<IOptionsMonitor<DbOptions>>();
        Assert.That(monitor.CurrentValue.Password, Is.EqualTo("one"));
        TaskCompletionSource<DbOptions> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable? registration = monitor.OnChange(options => changed.TrySetResult(options));

        host.Put("db", ("nothing", "that fits"));
        await UntilLoggedAsync(host, "DbOptions keep their last good secret");
        Assert.That(monitor.CurrentValue.Password, Is.EqualTo("one"));
        host.Put("db", ("user", "ada"), ("password", "two"));
        DbOptions seen = await changed.Task.WaitAsync(Reloads.Patience);

        Assert.That((seen.Password, monitor.CurrentValue.Password), Is.EqualTo(("two", "two")));
    }

    private static TestHost Db() => new TestHost().Put("db", ("user", "ada"), ("password", "one"));

    private static async Task<IHost> StartedAsync(TestHost host)
    {
        IHost built = host.Build();
        await built.StartAsync();
        return built;
    }

    private static async Task UntilLoggedAsync(TestHost host, string text)
    {
        using CancellationTokenSource patience = new(Reloads.Patience);
        while (!host.Log.Lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task AdvanceUntilAsync(TestHost host, Func<bool> done)
    {
        using CancellationTokenSource patience = new(Reloads.Patience);
        while (!done())
        {
            patience.Token.ThrowIfCancellationRequested();
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }
}
