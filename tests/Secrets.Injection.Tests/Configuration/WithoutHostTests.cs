using Microsoft.Extensions.Configuration;
using Secrets.Injection.Tests.Hosting;

namespace Secrets.Injection.Tests.Configuration;

/// <summary>A configuration that no host starts begins to follow by itself, a moment after its first read.</summary>
[TestFixture]
public sealed class WithoutHostTests
{
    private InMemorySecretStore _store = null!;
    private SecretsClient _client = null!;
    private IConfigurationRoot _configuration = null!;

    [SetUp]
    public void Prepare()
    {
        _store = new InMemorySecretStore();
        Put("ada");
        _client = SecretsClient.Create(secrets => secrets.UseInMemory(_store));
        _configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Db:User", "{{db.user}}")]).BuildWithSecrets(_client);
    }

    [TearDown]
    public async Task Clean()
    {
        ((IDisposable)_configuration).Dispose();
        await _client.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task What_changes_right_after_the_first_read_is_caught_up_with()
    {
        Assert.That(_configuration["Db:User"], Is.EqualTo("ada"));
        Reloads reloads = new(_configuration);

        await RotateAsync("bob");
        await reloads.NextAsync();

        Assert.That(_configuration["Db:User"], Is.EqualTo("bob"));
    }

    [Test]
    public async Task One_rotation_after_another_is_heard()
    {
        Assert.That(_configuration["Db:User"], Is.EqualTo("ada"));
        foreach (string user in (string[])["bob", "eve", "zoe"])
        {
            Reloads reloads = new(_configuration);
            await RotateAsync(user);
            await reloads.NextAsync();
            Assert.That(_configuration["Db:User"], Is.EqualTo(user));
        }
    }

    [Test]
    public async Task A_configuration_that_is_disposed_at_once_keeps_what_it_had_and_hears_nothing()
    {
        Assert.That(_configuration["Db:User"], Is.EqualTo("ada"));
        Reloads reloads = new(_configuration);
        ((IDisposable)_configuration).Dispose();

        await RotateAsync("bob");
        using ConfigurationRoot later = (ConfigurationRoot)new ConfigurationBuilder().AddInMemoryCollection([new("Db:User", "{{db.user}}")]).BuildWithSecrets(_client);
        Assert.That(later["Db:User"], Is.EqualTo("bob"));
        Reloads laterReloads = new(later);
        await RotateAsync("eve");
        await laterReloads.NextAsync();

        Assert.That((_configuration["Db:User"], reloads.Count), Is.EqualTo(("ada", 0)));
    }

    private void Put(string user) => _store.Put(SecretAddress.Public("db"), new SecretValues { ["user"] = user });

    private async Task RotateAsync(string user)
    {
        Put(user);
        await _client.RefreshSecretAsync(new SecretLookup("db"));
    }
}
