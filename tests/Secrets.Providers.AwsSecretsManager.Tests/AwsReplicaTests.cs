namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>Two regions, the second with a replica of a secret of the first.</summary>
public sealed class AwsReplicaTests : TwoRegionsTests
{
    private static readonly SecretAddress Db = SecretAddress.Public(SecretScope.Project("churn"), "db");

    private SecretVersion _written;

    [SetUp]
    public async Task ReplicateAsync()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Primary);
        SecretProperties properties = new(Db, default) { Tags = new Dictionary<string, string> { ["env"] = "prod" } };
        _written = (await store.WriteAsync(new SecretWrite(properties, new SecretValues { ["user"] = "ada", ["password"] = "canary" }), default)).Version;
        Primary.Replicate("project/churn/db", Replica);
    }

    [Test]
    public async Task AReplica_is_read_by_naming_its_region_under_the_same_name_and_version()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Replica);
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new SecretRead(Db), new SecretRead(Db, _written), new SecretRead(SecretAddress.Public("none"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Found, SecretReadStatus.Found, SecretReadStatus.NotFound]));
        Secret secret = results[0].Secret!;
        Assert.That((secret["user"].RevealString(), secret.Version, secret.Properties.Tags["env"]), Is.EqualTo(("ada", _written, "prod")));
        Assert.That((await store.ListAsync(new SecretListing { Scopes = [SecretScope.Project("churn")] }, default)).Items.Select(item => item.Address), Is.EqualTo([Db]));
        Assert.That(Replica.SignedRegions, Is.Not.Empty.And.All.EqualTo("us-east-1"));
        Assert.That(Primary.SignedRegions, Is.Not.Empty.And.All.EqualTo("eu-central-1"), "The primary was asked by its own store only.");
    }

    [Test]
    public async Task A_store_of_thePrimary_region_is_refused_by_theReplicas()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Replica, options => options.Region = Primary.Region);
        SecretException error = (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        Assert.That(Replica.SignedRegions, Is.All.EqualTo("eu-central-1"));
    }

    [Test]
    public async Task AReplica_cannot_be_written_and_says_where_to()
    {
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(Replica);
        SecretException error = Assert.ThrowsAsync<SecretException>(
            () => store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["user"] = "bob" }), default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "replica")));
        Assert.That(error.Message, Does.Contain("primary region"));
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Secret!["user"].RevealString(), Is.EqualTo("ada"));
    }
}
