using Microsoft.Extensions.DependencyInjection;
using Secrets.Injection.Tests.Client;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class OfflineCopyTests
{
    private readonly ManualTimeProvider _time = new();
    private InMemorySecretStore _store = null!;
    private InMemorySecretStore _disk = null!;

    [SetUp]
    public void Stores()
    {
        _store = new InMemorySecretStore(new InMemorySecretStoreOptions { TimeProvider = _time, Features = ClientRig.NoWatch });
        _disk = new InMemorySecretStore(new InMemorySecretStoreOptions { Name = "disk", TimeProvider = _time });
    }

    [TearDown]
    public async Task Close()
    {
        await _store.DisposeAsync();
        await _disk.DisposeAsync();
    }

    [Test]
    public async Task A_host_that_starts_in_an_outage_gets_the_last_good_value_marked()
    {
        SecretVersion version = _store.Put(SecretAddress.Public("db"), ClientRig.Key("good")).Version;
        await using (SecretsClient before = Start())
            await before.GetSecretAsync("db");
        using IDisposable outage = _store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        _time.Advance(TimeSpan.FromHours(3));

        await using SecretsClient client = Start();
        SecretLookupResult result = (await client.GetSecretsAsync([new("db")]))[0];

        Assert.That((ClientRig.KeyOf(result.Secret!), result.IsDegraded, result.Secret!.Version), Is.EqualTo(("good", true, version)));
        Assert.That(result.Secret.Properties.Tags, Is.Empty, "what the copy needs for itself does not show");
    }

    [Test]
    public async Task The_stores_own_answer_takes_over_as_soon_as_it_is_back()
    {
        _store.Put(SecretAddress.Public("db"), ClientRig.Key("good"));
        await using (SecretsClient before = Start())
            await before.GetSecretAsync("db");
        IDisposable outage = _store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        await using SecretsClient client = Start();
        await client.GetSecretAsync("db");
        _store.Put(SecretAddress.Public("db"), ClientRig.Key("newer"));
        outage.Dispose();
        for (int second = 0; second < 10; second++)
        {
            client.TryGetSecret("db", out _);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        SecretLookupResult result = (await client.GetSecretsAsync([new("db")]))[0];
        Assert.That((ClientRig.KeyOf(result.Secret!), result.IsDegraded), Is.EqualTo(("newer", false)));
    }

    [Test]
    public async Task A_copy_that_is_too_old_does_not_count()
    {
        _store.Put(SecretAddress.Public("db"), ClientRig.Key("good"));
        await using (SecretsClient before = Start())
            await before.GetSecretAsync("db");
        using IDisposable outage = _store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        _time.Advance(TimeSpan.FromHours(25));

        await using SecretsClient client = Start();
        Assert.That((await Refusal.OfAsync(client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.NotFound)]
    public async Task Denied_or_gone_purges_the_copy(SecretErrorCode code)
    {
        SecretAddress address = SecretAddress.Public("db");
        _store.Put(address, ClientRig.Key("good"));
        await using (SecretsClient before = Start())
            await before.GetSecretAsync("db");
        Assert.That(await CopyAsync(address), Is.EqualTo(SecretReadStatus.Found));
        using (_store.Faults.Add(new InMemoryFault(code) { Address = address }))
        {
            await using SecretsClient refused = Start();
            await Refusal.OfAsync(refused.GetSecretAsync("db"));
        }

        Assert.That(await CopyAsync(address), Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_disk_that_fails_fails_no_read()
    {
        _store.Put(SecretAddress.Public("db"), ClientRig.Key("good"));
        using IDisposable broken = _disk.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        await using SecretsClient client = Start();

        Assert.That(ClientRig.KeyOf(await client.GetSecretAsync("db")), Is.EqualTo("good"));
        using IDisposable outage = _store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        Assert.That((await Refusal.OfAsync(client.GetSecretAsync("other"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public void Offline_copies_take_one_store_and_an_age_in_range()
    {
        Assert.That(() => SecretsClient.Create(builder => builder.UseInMemory().UseOfflineCopies(_ => { })), Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("no-store"));
        Assert.That(() => SecretsClient.Create(builder => builder.UseInMemory().UseOfflineCopies(copies => copies.UseInMemory().UseInMemory())), Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("two-stores"));
        Assert.That(() => SecretsClient.Create(builder => builder.UseInMemory().UseOfflineCopies(copies => copies.UseInMemory(), TimeSpan.FromSeconds(1))), Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("options"));
    }

    private SecretsClient Start() => SecretsClient.Create(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.UseInMemory(_store).ActAs("ada", SecretRole.Admin).UseOfflineCopies(copies => copies.UseInMemory(_disk));
    });

    private async Task<SecretReadStatus> CopyAsync(SecretAddress address) => (await _disk.ReadAsync([new SecretRead(address)], CancellationToken.None))[0].Status;
}
