using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Secrets.Injection.Tests.Hosting;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Configuration;

[TestFixture]
public sealed class SourcesInAnyOrderTests
{
    [Test]
    public void A_source_added_after_AddSecrets_resolves_too()
    {
        TestHost host = new TestHost().Put("db", ("k", "one")).AddSecrets();

        host.Set(("Late", "{{db.k}}"));

        Assert.That(host.Configuration["Late"], Is.EqualTo("one"));
    }

    [Test]
    public void A_later_plain_value_goes_before_an_earlier_reference()
    {
        TestHost host = new TestHost().Set(("Db", "{{gone.k}}")).AddSecrets();

        host.Set(("Db", "plain"));

        Assert.Multiple(() =>
        {
            Assert.That(host.Configuration["Db"], Is.EqualTo("plain"));
            Assert.That(host.Store.Calls.Total, Is.Zero, "a reference that does not apply is not fetched");
        });
    }

    [Test]
    public void A_later_reference_goes_before_an_earlier_value_and_an_earlier_reference()
    {
        TestHost host = new TestHost().Put("db", ("k", "one"), ("l", "two")).Set(("A", "plain"), ("B", "{{db.k}}")).AddSecrets();
        _ = host.Configuration["B"];

        host.Set(("A", "{{db.l}}"), ("B", "{{db.l}}"));

        Assert.That((host.Configuration["A"], host.Configuration["B"]), Is.EqualTo(("two", "two")));
    }

    [Test]
    public void Many_sources_added_later_leave_the_overlay_in_front()
    {
        TestHost host = new TestHost().Put("db", ("k", "one")).AddSecrets();

        for (int i = 0; i < 10; i++)
            host.Set(($"Key{i}", "{{db.k}}"));

        Assert.That(Enumerable.Range(0, 10).Select(i => host.Configuration[$"Key{i}"]), Is.All.EqualTo("one"));
    }

    [Test]
    public void A_source_inserted_and_another_removed_are_seen()
    {
        MemoryConfigurationSource above = new() { InitialData = [new("A", "{{db.k}}")] };
        MemoryConfigurationSource below = new() { InitialData = [new("B", "{{db.k}}"), new("A", "below")] };
        TestHost host = new TestHost().Put("db", ("k", "one"));
        host.Configuration.Sources.Add(above);
        host.AddSecrets();
        Assert.That(host.Configuration["A"], Is.EqualTo("one"));

        host.Configuration.Sources.Insert(0, below);
        Assert.That((host.Configuration["A"], host.Configuration["B"]), Is.EqualTo(("one", "one")));

        host.Configuration.Sources.Remove(above);
        Assert.That(host.Configuration["A"], Is.EqualTo("below"));
    }

    [Test]
    public void A_key_set_at_run_time_resolves()
    {
        TestHost host = new TestHost().Put("db", ("k", "one")).Set(("A", "plain")).AddSecrets();
        Assert.That(host.Configuration["A"], Is.EqualTo("plain"));

        host.Configuration["A"] = "{{db.k}}";

        Assert.That(host.Configuration["A"], Is.EqualTo("one"));
    }

    [Test]
    public void Json_environment_command_line_and_chained_sources_resolve()
    {
        using TemporaryDirectory directory = new();
        string json = directory.Write("appsettings.json", """{ "Json": { "Deep": [ "x", "{{db.k}}" ] } }""");
        string variable = $"SECRETS_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable($"{variable}_Env__Key", "{{db.k}}");
        TestHost host = new TestHost().Put("db", ("k", "one")).AddSecrets();
        host.Configuration.AddJsonFile(json);
        host.Configuration.AddEnvironmentVariables($"{variable}_");
        host.Configuration.AddCommandLine(["--Cli:Key={{db.k}}"]);
        host.Configuration.AddConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("Chained:Key", "{{db.k}}")]).Build());
        IConfiguration other = new ConfigurationBuilder().AddInMemoryCollection([new("Outer:Section:Key", "{{db.k}}")]).Build();
        host.Configuration.AddConfiguration(other.GetSection("Outer"));
        host.Configuration.Sources.Add(new ForeignSource());

        string[] keys = ["Json:Deep:1", "Env:Key", "Cli:Key", "Chained:Key", "Section:Key", "Foreign:Key"];

        Assert.That(keys.Select(key => host.Configuration[key]), Is.All.EqualTo("one"));
    }

    [Test]
    public void User_secrets_resolve()
    {
        string id = $"secrets-test-{Guid.NewGuid():N}";
        FileInfo file = new(Microsoft.Extensions.Configuration.UserSecrets.PathHelper.GetSecretsPathFromSecretsId(id));
        file.Directory!.Create();
        try
        {
            File.WriteAllText(file.FullName, """{ "Db:Password": "{{db.k}}" }""");
            TestHost host = new TestHost().Put("db", ("k", "one")).AddSecrets();
            host.Configuration.AddUserSecrets(id);

            Assert.That(host.Configuration["Db:Password"], Is.EqualTo("one"));
        }
        finally
        {
            file.Directory.Delete(recursive: true);
        }
    }

    [Test]
    public void A_json_file_that_changes_brings_its_new_references_and_no_reader_sees_their_text()
    {
        TestHost host = new TestHost().Put("db", ("k", "one"), ("l", "two")).AddSecrets();
        ReloadingSource source = new() { Data = { ["A"] = "{{db.k}}" } };
        host.Configuration.Sources.Add(source);
        List<string?> seen = [];
        Microsoft.Extensions.Primitives.ChangeToken.OnChange(((IConfiguration)host.Configuration).GetReloadToken, () => seen.Add(host.Configuration["A"]));
        Assert.That(host.Configuration["A"], Is.EqualTo("one"));

        source.Data["A"] = "{{db.l}}";
        source.Reload();
        source.Data["A"] = "{{db.k}} {{db.l}}";
        source.Reload();

        Assert.That(seen, Is.EqualTo(new[] { "two", "one two" }));
    }

    [Test]
    public void A_value_that_looks_like_a_reference_is_data_even_through_a_chain()
    {
        TestHost inner = new TestHost().Put("db", ("k", "{{other.k}}")).Set(("A", "{{db.k}}")).AddSecrets();
        TestHost outer = new TestHost().Put("other", ("k", "expanded twice")).AddSecrets();
        outer.Configuration.AddConfiguration(inner.Configuration);
        outer.Configuration.AddConfiguration(new ConfigurationBuilder().AddConfiguration(inner.Configuration).Build().GetSection(""));

        Assert.That(outer.Configuration["A"], Is.EqualTo("{{other.k}}"));
    }

    private sealed class ForeignSource : IConfigurationSource, IConfigurationProvider
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
            parentPath is null ? earlierKeys.Append("Foreign") : parentPath == "Foreign" ? earlierKeys.Append("Key") : earlierKeys;

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() => null!;

        public void Load()
        {
        }

        public void Set(string key, string? value)
        {
        }

        public bool TryGet(string key, out string? value)
        {
            value = key == "Foreign:Key" ? "{{db.k}}" : null;
            return value is not null;
        }
    }

    private sealed class ReloadingSource : ConfigurationProvider, IConfigurationSource
    {
        public new IDictionary<string, string?> Data => base.Data;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Reload() => OnReload();
    }
}
