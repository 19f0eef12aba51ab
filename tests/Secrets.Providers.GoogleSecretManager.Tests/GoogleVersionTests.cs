using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>Versions that are switched off, on again, and destroyed.</summary>
public sealed class GoogleVersionTests : StoreTests
{
    private SecretVersion[] _versions = null!;

    [SetUp]
    public async Task ThreeVersionsAsync()
    {
        _versions = new SecretVersion[3];
        for (int i = 0; i < 3; i++)
            _versions[i] = (await WriteAsync("db", new() { ["value"] = $"canary-{i}" })).Version;
    }

    [Test]
    public async Task A_disabled_version_is_denied_and_the_others_are_read()
    {
        await Store.DisableVersionAsync(Db, _versions[1], default);
        IReadOnlyList<SecretReadResult> results = await ReadAllAsync();
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.Denied, SecretReadStatus.Found, SecretReadStatus.Found]));
        Assert.That((results[1].Error!.Code, results[1].Error!.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
        Assert.That(await StatesAsync(), Is.EqualTo([SecretVersionState.Current, SecretVersionState.Disabled, SecretVersionState.Previous]), "Newest first.");
    }

    [Test]
    public async Task A_version_that_is_enabled_again_is_read_again()
    {
        await Store.DisableVersionAsync(Db, _versions[2], default);
        Assert.That((await ReadAllAsync()).Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.Found, SecretReadStatus.Denied, SecretReadStatus.Denied]));
        await Store.EnableVersionAsync(Db, _versions[2], default);
        Assert.That((await ReadAllAsync()).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(await StatesAsync(), Is.EqualTo([SecretVersionState.Current, SecretVersionState.Previous, SecretVersionState.Previous]));
    }

    [Test]
    public async Task A_destroyed_version_is_gone_for_good_and_the_others_are_read()
    {
        await Store.DeleteAsync(new SecretDelete(Db) { Version = _versions[0] }, default);
        IReadOnlyList<SecretReadResult> results = await ReadAllAsync();
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.NotFound, SecretReadStatus.Found, SecretReadStatus.Found, SecretReadStatus.Found]));
        Assert.That(results[0].Error!.Reason, Is.EqualTo("destroyed"));
        Assert.That(await StatesAsync(), Is.EqualTo([SecretVersionState.Current, SecretVersionState.Previous, SecretVersionState.Destroyed]));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => Store.EnableVersionAsync(Db, _versions[0], default).AsTask())!;
        Assert.That((error.Code, error.Reason, error.Address), Is.EqualTo((SecretErrorCode.NotFound, "destroyed", Db)));
    }

    [Test]
    public async Task A_version_of_a_secret_that_had_the_name_before_is_not_switched()
    {
        await Store.DeleteAsync(new SecretDelete(Db), default);
        await Store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "canary-new" }), default);
        SecretException error = Assert.ThrowsAsync<SecretException>(() => Store.DisableVersionAsync(Db, _versions[0], default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.NotFound, "version")));
        Assert.That((await Store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public void A_version_that_is_not_there_is_not_found() =>
        Assert.That(Assert.ThrowsAsync<SecretException>(() => Store.DisableVersionAsync(Db, new SecretVersion("9"), default).AsTask())!.Code, Is.EqualTo(SecretErrorCode.NotFound));

    /// <summary>The three versions, oldest first, and the secret as it is now.</summary>
    private async Task<IReadOnlyList<SecretReadResult>> ReadAllAsync() =>
        await Store.ReadAsync([.. _versions.Select(version => new SecretRead(Db, version)), new SecretRead(Db)], default);

    private async Task<SecretVersionState[]> StatesAsync() =>
        [.. (await Store.ListVersionsAsync(Db, null, default)).Items.Select(version => version.State)];
}
