using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets.Injection.Tests.Hosting;

namespace Secrets.Injection.Tests.Configuration;

[TestFixture]
public sealed class ReferencesInConfigurationTests
{
    private sealed class MlflowOptions
    {
        public string? Uri { get; set; }

        public string? Plain { get; set; }

        public SecretValue? ApiKey { get; set; }
    }

    [Test]
    public void A_key_resolves_and_its_neighbours_stay_as_they_were()
    {
        TestHost host = new TestHost().Put("mlflow", ("user", "ada"), ("password", "p@ss/1")).Set(
            ("Mlflow:Uri", "https://{{mlflow.user}}:{{mlflow.password | url}}@mlflow.internal"),
            ("Mlflow:Plain", "{0} {Timestamp} $ref(x) $(y) $z ${HOME}"),
            ("Mlflow:Null", null)).AddSecrets();

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["Mlflow:Uri"], Is.EqualTo("https://ada:p%40ss%2F1@mlflow.internal"));
            Assert.That(host.Configuration["Mlflow:Plain"], Is.EqualTo("{0} {Timestamp} $ref(x) $(y) $z ${HOME}"));
            Assert.That(host.Configuration["Mlflow:Null"], Is.Null);
            Assert.That(host.Configuration.GetSection("Mlflow").GetChildren().Select(child => child.Key), Is.EqualTo(new[] { "Null", "Plain", "Uri" }));
        });
    }

    [Test]
    public void Keys_are_compared_as_configuration_compares_them()
    {
        TestHost host = new TestHost().Put("db", ("password", "one")).Set(("Db:Password", "{{db.password}}")).AddSecrets();

        Assert.That(host.Configuration["dB:pASSWORD"], Is.EqualTo("one"));
    }

    [Test]
    public void All_three_syntaxes_of_configuration_resolve_and_the_shells_own_stays_text()
    {
        TestHost host = new TestHost().Put("openai", ("api_key", "one")).Put("HF_TOKEN", ("value", "two")).Set(
            ("A", "<<openai.api_key>>"), ("B", "$<HF_TOKEN>"), ("C", "${HF_TOKEN}"), ("D", "\\{{openai.api_key}}")).AddSecrets();

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["A"], Is.EqualTo("one"));
            Assert.That(host.Configuration["B"], Is.EqualTo("two"));
            Assert.That(host.Configuration["C"], Is.EqualTo("${HF_TOKEN}"));
            Assert.That(host.Configuration["D"], Is.EqualTo("{{openai.api_key}}"), "an escape gives the braces as text");
        });
    }

    [Test]
    public void The_dollar_brace_syntax_is_on_when_the_host_turns_it_on()
    {
        TestHost host = new TestHost().Put("HF_TOKEN", ("value", "two")).Set(("A", "${HF_TOKEN}"))
            .AddSecrets(secrets => secrets.WithConfigurationReferences(SecretTemplateOptions.Default));

        Assert.That(host.Configuration["A"], Is.EqualTo("two"));
    }

    [Test]
    public void Options_bind_strings_and_secret_values()
    {
        TestHost host = new TestHost().Put("mlflow", ("key", "one")).Set(("Mlflow:ApiKey", "{{mlflow.key}}"), ("Mlflow:Uri", "https://{{mlflow.key}}")).AddSecrets();
        host.Builder.Services.Configure<MlflowOptions>(host.Configuration.GetSection("Mlflow"));
        using var built = host.Build();

        MlflowOptions options = built.Services.GetRequiredService<IOptions<MlflowOptions>>().Value;

        Assert.Multiple(() =>
        {
            Assert.That(options.ApiKey!.RevealString(), Is.EqualTo("one"));
            Assert.That(options.Uri, Is.EqualTo("https://one"));
            Assert.That(options.ApiKey.ToString(), Is.EqualTo("***"));
        });
    }

    [Test]
    public void Configuration_and_dependency_injection_share_one_client()
    {
        TestHost host = new TestHost().Put("db", ("password", "one")).Set(("Db", "{{db.password}}")).AddSecrets();
        int made = 0;
        TestHost counted = new TestHost().Set(("Db", "{{db.password}}"));
        counted.Builder.AddSecrets(secrets => secrets.UseStore(_ =>
        {
            made++;
            return new DelegatingToShared(host.Store);
        }));

        string? value = counted.Configuration["Db"];
        using var built = counted.Build();
        ISecretsClient client = built.Services.GetRequiredService<ISecretsClient>();

        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo("one"));
            Assert.That(client.GetSecret("db")["password"].RevealString(), Is.EqualTo("one"));
            Assert.That(made, Is.EqualTo(1));
        });
    }

    [Test]
    public void AddSecrets_opens_and_fetches_nothing_and_the_first_read_fetches_all_in_one_call()
    {
        TestHost host = new TestHost().Put("a", ("k", "1")).Put("b", ("k", "2")).Put("unused", ("k", "3"))
            .Set(("A", "{{a.k}}"), ("B", "{{b.k}} and {{a.k}}")).AddSecrets();
        long before = host.Store.Calls.Total;

        _ = host.Configuration["A"];
        _ = host.Configuration["B"];

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Zero);
            Assert.That(host.Store.Calls.Count(InMemoryOperation.Read), Is.EqualTo(1));
            Assert.That(host.Store.Calls.Count(InMemoryOperation.Read, SecretAddress.Public("unused")), Is.Zero);
            Assert.That(host.Store.Calls.Count(InMemoryOperation.List), Is.Zero, "a permission to get is enough");
        });
    }

    [Test]
    public void A_missing_reference_takes_its_default_and_an_unreachable_one_does_not()
    {
        TestHost host = new TestHost().Set(("A", "{{gone.k ?? \"fallback\"}}"), ("B", "{{down.k ?? \"fallback\"}}")).AddSecrets();
        host.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Address = SecretAddress.Public("down") });

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["A"], Is.EqualTo("fallback"));
            SecretException error = Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["B"])!;
            Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        });
    }

    [Test]
    public void A_key_that_does_not_resolve_throws_with_every_such_key_and_gives_no_text()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada")).Set(("Db:Password", "{{db.password}}"), ("Mail:Key", "{{mail.key}}"), ("Db:User", "{{db.user}}")).AddSecrets();

        SecretResolutionException error = Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["Db:Password"])!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Does.Contain("db.password").And.Contain("Db:Password").And.Contain("mail.key").And.Contain("Mail:Key"));
            Assert.That(host.Configuration["Db:User"], Is.EqualTo("ada"), "one key's failure spoils no other");
        });
    }

    [Test]
    public void A_malformed_reference_is_an_error_with_its_key()
    {
        TestHost host = new TestHost().Set(("Db:Password", "{{db}}")).AddSecrets();

        SecretException error = Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["Db:Password"])!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(SecretErrorCode.MalformedReference));
            Assert.That(error.Message, Does.Contain("Db:Password"));
        });
    }

    [Test]
    public void A_secret_created_after_a_failed_read_is_found_by_the_next()
    {
        TestHost host = new TestHost().Set(("A", "{{late.k}}")).AddSecrets();
        Assert.Throws<SecretResolutionException>(() => _ = host.Configuration["A"]);

        host.Put("late", ("k", "here"));
        host.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.That(host.Configuration["A"], Is.EqualTo("here"));
    }

    [Test]
    public void A_key_that_opening_the_store_needs_cannot_refer_to_a_secret()
    {
        TestHost host = new TestHost().Put("db", ("k", "1")).Set(("Store:Path", "{{db.k}}"));
        host.Builder.AddSecrets(secrets => secrets.UseStore(services =>
        {
            _ = host.Configuration["Store:Path"];
            return host.Store;
        }));

        SecretException error = Assert.Throws<SecretException>(() => _ = host.Configuration["Store:Path"])!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Reason, Is.EqualTo("needed-by-store"));
            Assert.That(error.Message, Does.Contain("Store:Path"));
        });
    }

    private sealed class DelegatingToShared(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
