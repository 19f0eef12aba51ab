using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Secrets.Injection.Tests.Client;
using Secrets.Injection.Tests.Hosting;

namespace Secrets.Injection.Tests.DependencyInjection;

[TestFixture]
internal sealed class AddSecretsTests
{
    [Test]
    public async Task The_client_is_one_for_the_host_under_both_names()
    {
        ServiceCollection services = new();
        services.AddSecrets(secrets => secrets.UseInMemory());
        await using ServiceProvider host = services.BuildServiceProvider();

        Assert.That(host.GetRequiredService<ISecretsClient>(), Is.SameAs(host.GetRequiredService<SecretsClient>()));
    }

    [Test]
    public async Task Arcus_a_second_registrations_setting_was_ignored_ours_add_up()
    {
        ServiceCollection services = new();
        services.AddSecrets(secrets => secrets.UseInMemory(options => options.Name = "first"));
        services.AddSecrets(secrets => secrets.ActAs("ada").WithScopes(project: "churn"));
        services.AddSecrets(secrets => secrets.UseInMemory(options => options.Name = "second"));
        await using ServiceProvider host = services.BuildServiceProvider();

        ISecretsClient client = host.GetRequiredService<ISecretsClient>();

        Assert.That((client.Principal.Id, client.Scopes), Is.EqualTo(("ada", SecretScopeChain.Default("churn"))));
        Assert.That((await Refusal.OfAsync(client.GetSecretAsync("none"))).StoreName, Is.EqualTo("first > second"));
        Assert.That(services.Count(service => service.ServiceType == typeof(ISecretsClient)), Is.EqualTo(1));
    }

    [Test]
    public async Task Named_clients_are_keyed_and_apart()
    {
        ServiceCollection services = new();
        services.AddSecrets(secrets => secrets.UseInMemory());
        services.AddSecrets("other", secrets => secrets.UseInMemory());
        await using ServiceProvider host = services.BuildServiceProvider();

        await host.GetRequiredService<ISecretsClient>().CreateSecretAsync("db", ClientRig.Key("1"));

        ISecretsClient other = host.GetRequiredKeyedService<ISecretsClient>("other");
        Assert.That((await Refusal.OfAsync(other.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
        Assert.That(host.GetRequiredKeyedService<SecretsClient>("other"), Is.SameAs(other));
    }

    [Test]
    public async Task The_store_is_opened_once_and_closed_with_the_host()
    {
        int opened = 0;
        Closing store = new(new InMemorySecretStore());
        ServiceCollection services = new();
        services.AddSecrets(secrets => secrets.UseStore(_ =>
        {
            opened++;
            return store;
        }));
        ServiceProvider host = services.BuildServiceProvider();
        host.GetRequiredService<ISecretsClient>();
        host.GetRequiredService<SecretsClient>();

        await host.DisposeAsync();

        Assert.That((opened, store.Closed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_store_sees_the_clients_services_and_then_the_hosts()
    {
        ServiceCollection services = new();
        services.AddSingleton(new Version(1, 0));
        services.AddSingleton("the host's");
        IServiceProvider? seen = null;
        services.AddSecrets(secrets =>
        {
            secrets.Services.AddSingleton("the client's");
            secrets.UseStore(provider =>
            {
                seen = provider;
                return new InMemorySecretStore();
            });
        });
        await using ServiceProvider host = services.BuildServiceProvider();
        host.GetRequiredService<ISecretsClient>();

        Assert.That((seen!.GetService<string>(), seen!.GetService<Version>()), Is.EqualTo(("the client's", new Version(1, 0))));
    }

    [Test]
    public async Task Logging_reaches_the_hosts_logs_also_when_the_client_was_built_before_the_host()
    {
        RecordingLogger log = new();
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        services.AddSecrets(secrets => secrets.UseInMemory());
        SecretsClient early = SecretsBuilder.GetOrAdd(services).Builder.GetOrBuild();
        await using ServiceProvider host = services.BuildServiceProvider();
        Assert.That(host.GetRequiredService<SecretsClient>(), Is.SameAs(early));

        await early.CreateSecretAsync("db", ClientRig.Key("canary-of-the-log"));

        Assert.That(log.Lines.Select(line => line.Text), Has.Some.Contains("Create").And.None.Contains("canary-of-the-log"));
    }

    [Test]
    public void A_client_without_a_store_or_with_an_option_out_of_range_is_refused_with_the_option_named()
    {
        Assert.That(() => SecretsClient.Create(_ => { }), Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("no-store"));
        Assert.That(
            () => SecretsClient.Create(secrets => secrets.UseInMemory().ConfigureCache(cache => cache.Freshness = TimeSpan.Zero)),
            Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("options").And.Message.Contains("Freshness"));
        Assert.That(
            () => SecretsClient.Create(secrets => secrets.UseInMemory().ConfigureClient(options => options.MaxUpdateAttempts = 0)),
            Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("options").And.Message.Contains("MaxUpdateAttempts"));
    }

    [Test]
    public void A_store_that_cannot_be_opened_leaves_the_others_closed()
    {
        Closing first = new(new InMemorySecretStore());

        Assert.That(
            () => SecretsClient.Create(secrets => secrets.UseStore(_ => first).UseStore(_ => throw new SecretException(SecretErrorCode.Unavailable, "not there"))),
            Throws.InstanceOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Unavailable));
        Assert.That(first.Closed, Is.EqualTo(1));
    }

    [Test]
    public async Task The_health_check_is_one_line()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSecrets(secrets => secrets.UseInMemory());
        services.AddHealthChecks().AddSecrets();
        await using ServiceProvider host = services.BuildServiceProvider();

        HealthReport report = await host.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.That((report.Status, report.Entries.Single().Key), Is.EqualTo((HealthStatus.Healthy, "secrets")));
    }

    private sealed class Closing(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        internal int Closed { get; private set; }

        public override ValueTask DisposeAsync()
        {
            Closed++;
            return base.DisposeAsync();
        }
    }
}
