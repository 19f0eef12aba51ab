using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>What users get wrong with this cloud alone; what all have in common is in the tests that all share.</summary>
public sealed class AwsBadInputTests : StoreTests
{
    [Test]
    public void No_region() => AssertRefused(new AwsSecretsManagerOptions(), "no-region");

    [Test]
    public void No_such_profile() => AssertRefused(new AwsSecretsManagerOptions { Region = "eu-test-1", Profile = "no-such" }, "profile");

    [TestCase(6)]
    [TestCase(31)]
    public void A_recovery_window_that_AWS_has_not(int days) => AssertRefused(new AwsSecretsManagerOptions { Region = "eu-test-1", RecoveryWindowDays = days }, "recovery-window");

    [Test]
    public async Task A_secret_that_is_scheduled_for_deletion_says_so_and_comes_back()
    {
        Server.Put("db", "canary");
        await Store.DeleteAsync(new SecretDelete(Db), default);
        Assert.That((await ReadOneAsync("db")).Error!.Reason, Is.EqualTo("deleted"));
        Assert.That((await ReadOneAsync("db")).Error!.Message, Does.Contain("Recover it"));
        await Store.RecoverAsync(Db, default);
        Assert.That((await ReadOneAsync("db")).Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [TestCase("00000000-0000-0000-0000-000000000000")]
    [TestCase("no-version-id")]
    public async Task A_version_that_the_service_has_cleared_away_or_never_had_is_not_found(string version)
    {
        // The service has no versions that are disabled: those without a label are readable until they are cleared away.
        Server.Put("db", "canary");
        Assert.That((await ReadOneAsync("db", version)).Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    private static void AssertRefused(AwsSecretsManagerOptions options, string reason)
    {
        SecretException error = Assert.Throws<SecretException>(() => new AwsSecretsManagerSecretStore(options))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, reason)));
    }
}
