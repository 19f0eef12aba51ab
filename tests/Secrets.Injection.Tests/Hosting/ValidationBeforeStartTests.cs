using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Secrets.Injection.Tests.Hosting;

[TestFixture]
public sealed class ValidationBeforeStartTests
{
    private sealed class Eager : IHostedLifecycleService
    {
        public bool Ran { get; private set; }

        public Task StartingAsync(CancellationToken cancellationToken) => Run();

        public Task StartAsync(CancellationToken cancellationToken) => Run();

        public Task StartedAsync(CancellationToken cancellationToken) => Run();

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private Task Run()
        {
            Ran = true;
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task A_host_with_all_secrets_starts_and_says_so()
    {
        TestHost host = new TestHost().Put("db", ("password", "one")).Set(("Db:Password", "{{db.password}}")).AddSecrets();
        using IHost built = host.Build();

        await built.StartAsync();
        await built.StopAsync();

        Assert.That(host.Log.Lines.Select(line => line.Text), Has.Some.Contains("All 1 secret references in configuration are fine"));
    }

    [Test]
    public void A_failure_names_every_missing_reference_with_its_key_and_nothing_has_started()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"), ("passwrd", "x")).AddSecrets();
        Eager eager = new();
        host.Builder.Services.AddSingleton<IHostedService>(eager);
        host.Set(
            ("Db:Password", "{{db.password}}"), ("Db:Replica:Password", "{{db.password}}"), ("Mail:Key", "<<mail.key>>"), ("Bad", "{{x}}"), ("Db:User", "{{db.user}}"));
        using IHost built = host.Build();

        SecretValidationException error = Assert.ThrowsAsync<SecretValidationException>(async () => await built.StartAsync())!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Report.Problems.Select(problem => problem.QualifiedName), Is.EquivalentTo(new[] { "Bad", "db.password", "mail.key" }));
            Assert.That(error.Message, Does.Contain("Db:Password").And.Contain("Db:Replica:Password").And.Contain("Mail:Key").And.Contain("passwrd"));
            Assert.That(error.Message, Does.Not.Contain("db.user"));
            Assert.That(eager.Ran, Is.False);
        });
    }

    [Test]
    public async Task Level_secret_exists_passes_with_a_credential_that_cannot_read_values()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada")).Set(("Db:Password", "{{db.password}}")).AddSecrets(secrets => secrets.Validate(SecretValidationLevel.SecretExists));
        host.Store.Faults.RefusesValueReads = true;
        using IHost built = host.Build();

        await built.StartAsync();
        await built.StopAsync();

        Assert.That(host.Store.Calls.Count(InMemoryOperation.Read), Is.Zero);
    }

    [Test]
    public void Level_secret_exists_fails_for_a_secret_that_is_not_there()
    {
        TestHost host = new TestHost().Set(("Db:Password", "{{db.password}}")).AddSecrets(secrets => secrets.Validate(SecretValidationLevel.SecretExists));
        using IHost built = host.Build();

        Assert.That(async () => await built.StartAsync(), Throws.TypeOf<SecretValidationException>().With.Message.Contains("Db:Password"));
    }

    [Test]
    public async Task Level_none_makes_no_call()
    {
        TestHost host = new TestHost().Set(("Db:Password", "{{db.password}}")).AddSecrets(secrets => secrets.Validate(SecretValidationLevel.None));
        using IHost built = host.Build();

        await built.StartAsync();
        await built.StopAsync();

        Assert.That(host.Store.Calls.Total, Is.Zero);
    }

    [Test]
    public void The_operators_variable_goes_before_code_and_code_before_the_setting()
    {
        TestHost fromSetting = new TestHost().Set(("Db", "{{db.k}}"), ("Secrets:ValidationLevel", "NONE")).AddSecrets();
        TestHost fromCode = new TestHost().Set(("Db", "{{db.k}}"), ("Secrets:ValidationLevel", "NONE")).AddSecrets(secrets => secrets.Validate(SecretValidationLevel.SecretExists));
        TestHost fromVariable = new TestHost().Set(("Db", "{{db.k}}"), ("SECRETS_VALIDATION_LEVEL", "NONE")).AddSecrets(secrets => secrets.Validate(SecretValidationLevel.SecretExists));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await fromSetting.Build().StartAsync(), Throws.Nothing);
            Assert.That(async () => await fromCode.Build().StartAsync(), Throws.TypeOf<SecretValidationException>());
            Assert.That(async () => await fromVariable.Build().StartAsync(), Throws.Nothing);
        });
    }

    [Test]
    public void An_unknown_level_is_an_error()
    {
        TestHost host = new TestHost().Set(("SECRETS_VALIDATION_LEVEL", "SOME")).AddSecrets();
        using IHost built = host.Build();

        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await built.StartAsync())!;

        Assert.That(error.Message, Does.Contain("SOME").And.Contain("SECRET_AND_KEY_EXISTS"));
    }

    [Test]
    public void An_unreachable_store_fails_the_start_and_is_not_called_missing()
    {
        TestHost host = new TestHost().Put("db", ("k", "1")).Set(("Db", "{{db.k}}")).AddSecrets();
        host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        using IHost built = host.Build();

        SecretException error = Assert.CatchAsync<SecretException>(async () => await built.StartAsync())!;

        Assert.That(error is SecretValidationException validation ? validation.Report.Problems[0].Code : error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public void Scopes_come_from_the_section_unless_code_says_otherwise()
    {
        TestHost section = new TestHost().Set(("Secrets:Scopes:Project", "churn"), ("Secrets:Scopes:Cluster", "gpu-1")).AddSecrets();
        TestHost code = new TestHost().Set(("Secrets:Scopes:Project", "churn")).AddSecrets(secrets => secrets.WithScopes(project: "other"));

        Assert.Multiple(() =>
        {
            Assert.That(section.Build().Services.GetRequiredService<ISecretsClient>().Scopes, Is.EqualTo(SecretScopeChain.Default("churn", "gpu-1")));
            Assert.That(code.Build().Services.GetRequiredService<ISecretsClient>().Scopes, Is.EqualTo(SecretScopeChain.Default("other")));
        });
    }

    [Test]
    public void An_unknown_scope_in_the_section_is_an_error()
    {
        TestHost host = new TestHost().Set(("Secrets:Scopes:Projekt", "churn")).AddSecrets();

        Assert.That(() => host.Build().Services.GetRequiredService<ISecretsClient>(), Throws.TypeOf<SecretException>().With.Message.Contains("Secrets:Scopes:Projekt"));
    }

    [Test]
    public void A_store_url_of_an_unknown_scheme_is_an_error_that_does_not_repeat_the_url()
    {
        TestHost host = new();
        host.Set(("Secrets:Store", "carrier-pigeon://user:canary@loft")).Builder.AddSecrets();

        SecretException error = Assert.Throws<SecretException>(() => host.Build().Services.GetRequiredService<ISecretsClient>())!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Reason, Is.EqualTo("store-url"));
            Assert.That(error.Message, Does.Contain("carrier-pigeon").And.Not.Contain("canary"));
        });
    }

    [Test]
    public void Called_again_AddSecrets_adds_to_what_is_there()
    {
        TestHost host = new TestHost().Put("db", ("k", "1")).Set(("Db", "{{db.k}}")).AddSecrets();

        host.Builder.AddSecrets(secrets => secrets.WithScopes(project: "churn"));

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["Db"], Is.EqualTo("1"));
            Assert.That(host.Build().Services.GetRequiredService<ISecretsClient>().Scopes, Is.EqualTo(SecretScopeChain.Default("churn")));
        });
    }

    [Test]
    public void A_host_whose_configuration_cannot_be_looked_at_is_refused_with_what_to_do()
    {
        SecretException error = Assert.Throws<SecretException>(() => new ForeignHostBuilder().AddSecrets(secrets => secrets.UseInMemory()))!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Reason, Is.EqualTo("configuration-kind"));
            Assert.That(error.Message, Does.Contain("Host.CreateApplicationBuilder").And.Contain("BuildWithSecrets"));
        });
    }

    [Test]
    public async Task Without_arguments_the_section_names_the_store_by_its_url()
    {
        TestHost host = new();
        host.Set(("Secrets:Store", "in-memory:from-settings"), ("Secrets:ValidationLevel", "SECRET_EXISTS")).Builder.AddSecrets();
        using IHost built = host.Build();

        await built.StartAsync();

        SecretException missing = Assert.ThrowsAsync<SecretException>(async () => await built.Services.GetRequiredService<ISecretsClient>().GetSecretAsync("x"))!;
        Assert.That(missing.StoreName, Is.EqualTo("from-settings"));
    }

    [Test]
    public void A_store_that_code_names_goes_before_the_url_of_the_section()
    {
        TestHost host = new TestHost().Put("db", ("k", "1")).Set(("Secrets:Store", "in-memory:other"), ("Db", "{{db.k}}")).AddSecrets();

        Assert.That(host.Configuration["Db"], Is.EqualTo("1"));
    }
}
