using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Secrets.Injection.Tests.Hosting;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Configuration;

[TestFixture]
public sealed class SecretValuesTests
{
    [Test]
    public void Each_key_of_the_secret_is_a_key_below_the_section()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"), ("pass:word", "one")).AddSecrets();
        host.Builder.AddSecretValues("db", "Database:Login").AddSecretValues("db");

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["Database:Login:User"], Is.EqualTo("ada"));
            Assert.That(host.Configuration["database:login:pass:word"], Is.EqualTo("one"));
            Assert.That(host.Configuration["db:user"], Is.EqualTo("ada"));
            Assert.That(host.Configuration.GetSection("Database:Login").GetChildren().Select(child => child.Key), Is.EqualTo(new[] { "pass", "user" }));
            Assert.That(host.Configuration.GetSection("Database").GetChildren().Select(child => child.Key), Is.EqualTo(new[] { "Login" }));
            Assert.That(host.Configuration["Database:Login"], Is.Null);
            Assert.That(host.Configuration["Database:Loginx"], Is.Null);
        });
    }

    [Test]
    public void Keys_outside_the_section_cost_no_fetch()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada")).Set(("A", "plain")).AddSecrets();
        host.Builder.AddSecretValues("db");

        _ = host.Configuration["A"];
        _ = host.Configuration.GetChildren().ToArray();

        Assert.That(host.Store.Calls.Total, Is.Zero);
    }

    [Test]
    public void The_order_of_sources_holds_against_values_and_references()
    {
        TestHost host = new TestHost().Put("db", ("a", "secret a"), ("b", "secret b"), ("c", "secret c")).Put("x", ("k", "referred"));
        host.AddSecrets().Set(("db:a", "before"), ("db:b", "{{x.k}}"));
        host.Builder.AddSecretValues("db");
        host.Set(("db:c", "after"), ("db:d", "{{x.k}}"));

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["db:a"], Is.EqualTo("secret a"));
            Assert.That(host.Configuration["db:b"], Is.EqualTo("secret b"), "the reference comes from an earlier source");
            Assert.That(host.Configuration["db:c"], Is.EqualTo("after"));
            Assert.That(host.Configuration["db:d"], Is.EqualTo("referred"));
        });
    }

    [Test]
    public void References_and_values_come_in_one_call_and_of_one_version()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"), ("password", "one")).Put("other", ("k", "two")).Set(("Uri", "{{db.user}}:{{db.password}} {{other.k}}")).AddSecrets();
        host.Builder.AddSecretValues("db", "Db");

        _ = host.Configuration["Uri"];
        _ = host.Configuration["Db:password"];

        Assert.That(host.Store.Calls.Count(InMemoryOperation.Read), Is.EqualTo(1));
    }

    [Test]
    public void A_value_is_data_and_is_not_scanned()
    {
        TestHost host = new TestHost().Put("db", ("k", "{{db.k}} ${X} <<a.b>>")).AddSecrets();
        host.Builder.AddSecretValues("db");

        Assert.That(host.Configuration["db:k"], Is.EqualTo("{{db.k}} ${X} <<a.b>>"));
    }

    [Test]
    public void Bytes_come_as_base64()
    {
        TestHost host = new();
        byte[] bytes = Canary.Bytes();
        host.Store.Put(SecretAddress.Public("tls"), new SecretValues { ["pfx"] = SecretValue.FromBytes(bytes) });
        host.AddSecrets().Builder.AddSecretValues("tls");

        Assert.That(host.Configuration.GetSection("tls:pfx").Get<byte[]>(), Is.EqualTo(bytes));
    }

    [Test]
    public void A_missing_secret_throws_where_it_is_read_unless_it_is_optional()
    {
        TestHost host = new TestHost().AddSecrets();
        host.Builder.AddSecretValues("gone").AddSecretValues("maybe", optional: true);

        Assert.Multiple(() =>
        {
            Assert.That(() => host.Configuration["gone:k"], Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound));
            Assert.That(host.Configuration["maybe:k"], Is.Null);
        });
    }

    [Test]
    public void A_missing_secret_stops_the_host_and_is_in_the_report_with_its_section()
    {
        TestHost host = new TestHost().Set(("Db", "{{db.k}}")).AddSecrets();
        host.Builder.AddSecretValues("gone", "My:Section").AddSecretValues("maybe", optional: true);
        using IHost built = host.Build();

        SecretValidationException error = Assert.ThrowsAsync<SecretValidationException>(async () => await built.StartAsync())!;

        Assert.That(error.Report.Problems.Select(problem => problem.QualifiedName), Is.EqualTo(new[] { "db.k", "gone" }));
        Assert.That(error.Message, Does.Contain("My:Section").And.Not.Contain("maybe"));
    }

    [Test]
    public void GetDebugView_shows_stars_for_them()
    {
        string canary = Canary.Text();
        TestHost host = new TestHost().Put("db", ("k", canary)).AddSecrets();
        host.Builder.AddSecretValues("db");

        string view = ((IConfigurationRoot)host.Configuration).GetDebugView();

        Assert.That(view, Does.Not.Contain(canary).And.Contain("k=*** (SecretValues of 'db')"));
    }

    [Test]
    public void Without_AddSecrets_there_is_no_client_to_take_them_from()
    {
        TestHost host = new();

        Assert.That(() => host.Builder.AddSecretValues("db"), Throws.InvalidOperationException.With.Message.Contains("AddSecrets"));
    }

    [Test]
    public void A_configuration_without_a_host_resolves_references_and_takes_values_whatever_the_order()
    {
        TestHost shared = new TestHost().Put("db", ("user", "ada"), ("password", "one"));
        using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(shared.Store));

        using ConfigurationRoot configuration = (ConfigurationRoot)new ConfigurationBuilder()
            .AddSecretValues(client, "db", "Db")
            .AddInMemoryCollection([new("Uri", "{{db.user}}:{{db.password}}"), new("Plain", "x")])
            .BuildWithSecrets(client);

        Assert.Multiple(() =>
        {
            Assert.That(configuration["Uri"], Is.EqualTo("ada:one"));
            Assert.That(configuration["Db:user"], Is.EqualTo("ada"));
            Assert.That(configuration["Plain"], Is.EqualTo("x"));
            Assert.That(shared.Store.Calls.Count(InMemoryOperation.Read), Is.EqualTo(1));
            Assert.That(configuration.GetDebugView(), Does.Contain("Uri=***").And.Contain("user=***"));
        });
    }

    [Test]
    public void A_plain_build_takes_values_too()
    {
        TestHost shared = new TestHost().Put("db", ("user", "ada"));
        using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(shared.Store));

        IConfigurationRoot configuration = new ConfigurationBuilder().AddSecretValues(client, "db").Build();

        Assert.That(configuration["db:user"], Is.EqualTo("ada"));
    }
}
