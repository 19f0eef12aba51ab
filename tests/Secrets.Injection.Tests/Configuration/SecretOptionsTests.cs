using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets.Injection.Tests.Hosting;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Configuration;

[TestFixture]
public sealed class SecretOptionsTests
{
    private sealed class DbCredentials
    {
        public string? User { get; set; }

        public SecretValue? Password { get; set; }

        public int Port { get; set; } = 5432;

        public long? MaxRows { get; set; }

        public decimal Price { get; set; }

        public bool Encrypt { get; set; }

        public Uri? Endpoint { get; set; }

        public byte[]? Certificate { get; set; }

        public DayOfWeek Day { get; set; }

        public TimeSpan Timeout { get; set; }

        [ConfigurationKeyName("odd name")]
        public string? Odd { get; set; }

        public string Computed => $"{User}";

        public string? Untouched { get; set; } = "default";
    }

    private sealed class Strict
    {
        public required string Password { get; set; }
    }

    private sealed class Unfillable
    {
        public List<string>? Password { get; set; }
    }

    [Test]
    public void Keys_go_to_properties_of_every_supported_type()
    {
        byte[] bytes = Canary.Bytes();
        TestHost host = new();
        host.Store.Put(SecretAddress.Public("db"), new SecretValues
        {
            ["user"] = "ada",
            ["Password"] = "pass",
            ["port"] = "15432",
            ["max_rows"] = "9000000000",
            ["price"] = "1.5",
            ["encrypt"] = "true",
            ["end-point"] = "https://db.internal/x",
            ["certificate"] = SecretValue.FromBytes(bytes),
            ["day"] = "friday",
            ["time.out"] = "00:00:30",
            ["odd name"] = "odd",
            ["nobody_wants_this"] = "x",
        });

        DbCredentials options = Get<DbCredentials>(host);

        Assert.Multiple(() =>
        {
            Assert.That(options.User, Is.EqualTo("ada"));
            Assert.That(options.Password!.RevealString(), Is.EqualTo("pass"));
            Assert.That((options.Port, options.MaxRows, options.Price, options.Encrypt), Is.EqualTo((15432, (long?)9000000000, 1.5m, true)));
            Assert.That(options.Endpoint, Is.EqualTo(new Uri("https://db.internal/x")));
            Assert.That(options.Certificate, Is.EqualTo(bytes));
            Assert.That((options.Day, options.Timeout, options.Odd), Is.EqualTo((DayOfWeek.Friday, TimeSpan.FromSeconds(30), "odd")));
            Assert.That(options.Untouched, Is.EqualTo("default"));
        });
    }

    [Test]
    public void A_value_of_the_wrong_type_is_an_error_without_the_value()
    {
        string canary = Canary.Text();
        TestHost host = new TestHost().Put("db", ("port", canary));

        SecretException error = Assert.Throws<SecretException>(() => Get<DbCredentials>(host))!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Reason, Is.EqualTo("bind"));
            Assert.That(error.ToString(), Does.Contain("port").And.Contain("DbCredentials.Port").And.Contain("Int32").And.Not.Contain(canary));
        });
    }

    [Test]
    public void A_required_property_needs_its_key()
    {
        TestHost host = new TestHost().Put("db", ("user", "ada"));

        Assert.That(() => Get<Strict>(host), Throws.TypeOf<SecretException>().With.Message.Contains("Strict.Password").And.Message.Contains("user"));
    }

    [Test]
    public void A_secret_of_which_nothing_fits_is_an_error()
    {
        TestHost host = new TestHost().Put("db", ("other", "x"));

        Assert.That(() => Get<DbCredentials>(host), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.KeyNotFound));
    }

    [Test]
    public void Two_keys_for_one_property_are_ambiguous_unless_one_is_its_very_name()
    {
        TestHost ambiguous = new TestHost().Put("db", ("max_rows", "1"), ("max-rows", "2"));
        TestHost exact = new TestHost().Put("db", ("max_rows", "1"), ("MaxRows", "2"));

        Assert.Multiple(() =>
        {
            Assert.That(() => Get<DbCredentials>(ambiguous), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Ambiguous));
            Assert.That(Get<DbCredentials>(exact).MaxRows, Is.EqualTo(2));
        });
    }

    [Test]
    public void A_property_of_a_type_that_no_value_has_is_an_error_that_lists_the_types()
    {
        TestHost host = new TestHost().Put("db", ("password", "x"));

        Assert.That(() => Get<Unfillable>(host), Throws.TypeOf<SecretException>().With.Message.Contains("SecretValue, byte[], Uri"));
    }

    [Test]
    public void Named_options_take_their_own_secrets()
    {
        TestHost host = new TestHost().Put("a", ("user", "ada")).Put("b", ("user", "bob")).AddSecrets();
        host.Builder.Services.AddSecretOptions<DbCredentials>("a", "first");
        host.Builder.Services.AddSecretOptions<DbCredentials>("b", "second");
        using IHost built = host.Build();
        IOptionsMonitor<DbCredentials> monitor = built.Services.GetRequiredService<IOptionsMonitor<DbCredentials>>();

        Assert.That((monitor.Get("first").User, monitor.Get("second").User, monitor.CurrentValue.User), Is.EqualTo(("ada", "bob", (string?)null)));
    }

    [Test]
    public void The_host_checks_before_it_starts_that_the_secret_is_there()
    {
        TestHost host = new TestHost().AddSecrets();
        host.Builder.Services.AddSecretOptions<DbCredentials>("gone");
        using IHost built = host.Build();

        Assert.That(async () => await built.StartAsync(), Throws.TypeOf<SecretValidationException>().With.Message.Contains("DbCredentials (AddSecretOptions)"));
    }

    private static T Get<T>(TestHost host) where T : class
    {
        host.AddSecrets();
        host.Builder.Services.AddSecretOptions<T>("db");
        using IHost built = host.Build();
        return built.Services.GetRequiredService<IOptions<T>>().Value;
    }
}
