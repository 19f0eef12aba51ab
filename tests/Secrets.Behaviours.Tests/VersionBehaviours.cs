namespace Secrets.Behaviours;

/// <summary>Roll back, recover, purge.</summary>
[TestFixture]
public sealed class VersionBehaviours
{
    private static readonly SecretLookup Db = new("db");

    [Test]
    public async Task A_rollback_makes_the_version_before_current_and_readers_see_it()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        await platform.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("2"));
        await platform.Client.RollBackSecretAsync(Db);
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("1"));
        Assert.That((await platform.Bob.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("1"), "In every view.");
    }

    [Test]
    public async Task A_rollback_goes_to_any_version_that_is_kept_and_to_no_other()
    {
        await using Platform platform = new();
        SecretVersion first = (await platform.Client.CreateSecretAsync("db", Platform.Pair("1"))).Version;
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.RollBackSecretAsync(Db).AsTask());
        await platform.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));
        await platform.Client.UpdateSecretAsync("db", update => update.Set("key", "3"));
        Assert.That((await platform.Client.RollBackSecretAsync(Db, first)).State, Is.EqualTo(SecretVersionState.Current));
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("1"));
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.RollBackSecretAsync(Db, new SecretVersion("99")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Bob.RollBackSecretAsync(Db).AsTask());
    }

    [Test]
    public async Task A_deleted_secret_is_recovered_and_a_purged_one_is_not()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        await platform.Client.DeleteSecretAsync("db");
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.GetSecretAsync("db").AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Bob.RecoverSecretAsync(Db).AsTask());
        await platform.Client.RecoverSecretAsync(Db);
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("1"), "What was known to be missing is not any more.");
        await platform.Client.PurgeSecretAsync(Db);
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.GetSecretAsync("db").AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.RecoverSecretAsync(Db).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.PurgeSecretAsync(Db).AsTask());
    }

    [Test]
    public async Task A_name_that_is_taken_again_is_not_recovered_over()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        await platform.Client.DeleteSecretAsync("db");
        await platform.Client.CreateSecretAsync("db", Platform.Pair("2"));
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.RecoverSecretAsync(Db).AsTask());
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("2"));
    }

    [Test]
    public async Task Somebody_elses_private_secret_is_neither_recovered_nor_purged()
    {
        await using Platform platform = new();
        await platform.Bob.CreateSecretAsync("db", Platform.Pair("1"), Platform.Private);
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.PurgeSecretAsync(Db).AsTask());
        await platform.Bob.DeleteSecretAsync("db");
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.RecoverSecretAsync(Db).AsTask());
        await platform.Bob.RecoverSecretAsync(Db);
        Assert.That((await platform.Bob.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("1"));
    }

    [TestCase(SecretStoreFeatures.Promote)]
    [TestCase(SecretStoreFeatures.SoftDelete)]
    public async Task A_store_that_cannot_says_so(SecretStoreFeatures missing)
    {
        await using Platform platform = new(store: options => options.Features = InMemorySecretStoreOptions.AllFeatures & ~missing & ~SecretStoreFeatures.Watch);
        await platform.Client.CreateSecretAsync("db", Platform.Pair("1"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.Unsupported, () => missing == SecretStoreFeatures.Promote
            ? platform.Client.RollBackSecretAsync(Db).AsTask()
            : platform.Client.RecoverSecretAsync(Db).AsTask());
        Assert.That(error.Message, Does.Contain("in-memory").And.Contain($"{missing}"));
    }
}
