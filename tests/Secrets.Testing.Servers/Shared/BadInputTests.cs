namespace Secrets.Tests;

/// <summary>What users get wrong, the same list for every cloud: each answer has a code, says what to do, and shows no value.</summary>
public sealed class BadInputTests : StoreTests
{
    [Test]
    public void The_list_has_every_mistake() => Assert.That(
        CloudTestStore.BadInputs.Select(bad => bad.Mistake), Is.SupersetOf(["the wrong place", "expired credentials", "no credentials", "a service that is not there"]).And.Unique);

    [TestCaseSource(typeof(CloudTestStore), nameof(CloudTestStore.BadInputs))]
    public async Task A_mistake_has_a_code_and_says_what_to_do(BadInput bad)
    {
        Server.Put("db", "canary-of-bad-input");
        bad.Arrange?.Invoke(Server);
        await using CloudStore store = CloudTestStore.Open(Server, options => bad.Configure?.Invoke(Server, options));
        SecretException error = (await ReadOneAsync(store, "db")).Error!;
        Assert.That((error.Code, error.Reason, error.StoreName, error.Address), Is.EqualTo((bad.Code, bad.Reason, store.Name, Db)));
        Assert.That(error.Message, Does.Contain(bad.Says).And.Contain($"'{store.Name}'").And.Contain("'db'"));
        Assert.That(error.ToString(), Does.Not.Contain("canary").And.Not.Contain("not-a-real"));
    }

    [Test]
    public async Task A_name_that_the_cloud_cannot_hold_is_not_found_and_not_written()
    {
        SecretAddress tooLong = SecretAddress.Public(CloudTestStore.TooLongName);
        Assert.That((await Store.ReadAsync([new SecretRead(tooLong)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync(tooLong, new() { ["value"] = "canary" }))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(error.Message, Does.Contain("shorter"));
        Assert.That(Server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_of_the_largest_size_is_kept_and_one_byte_more_is_refused_without_a_call()
    {
        int max = Store.Capabilities.MaxValueBytes;
        await WriteAsync("db", new() { ["value"] = new string('x', max) });
        Assert.That((await ReadAsync("db")).SingleValue().ByteCount, Is.EqualTo(max));
        Server.ForgetCalls();
        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync("db", new() { ["value"] = "canary" + new string('x', max - 5) }))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "value-size")));
        Assert.That(error.Message, Does.Contain($"{max + 1}").And.Contain($"{max}").And.Contain("elsewhere"));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        Assert.That(Server.Calls, Is.Empty);
    }

    [Test]
    public void Tags_that_the_service_cannot_hold_are_refused_before_anything_is_written()
    {
        SecretProperties properties = new(Db, default) { Tags = CloudTestStore.IllegalTags };
        SecretException error = Assert.ThrowsAsync<SecretException>(() => Store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default).AsTask())!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "tag")));
        Assert.That(Server.Calls, Is.Empty);
    }

    [Test]
    public async Task A_value_that_is_not_JSON_is_the_single_value()
    {
        Server.Put("db", "{ almost: json");
        Assert.That((await ReadAsync("db")).SingleValue().RevealString(), Is.EqualTo("{ almost: json"));
    }

    [Test]
    public async Task A_secret_that_is_deleted_is_not_found_and_says_how_its_name_comes_free()
    {
        await WriteAsync("db", new() { ["value"] = "canary" });
        await Store.DeleteAsync(new SecretDelete(Db), default);
        SecretReadResult read = await ReadOneAsync("db");
        Assert.That((read.Status, read.Error!.Code), Is.EqualTo((SecretReadStatus.NotFound, SecretErrorCode.NotFound)));
        if (!Store.Capabilities.Has(SecretStoreFeatures.SoftDelete))
        {
            await WriteAsync("db", new() { ["value"] = "canary" });
            return;
        }

        SecretException error = Assert.ThrowsAsync<SecretException>(() => WriteAsync("db", new() { ["value"] = "canary" }))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Conflict, "deleted")));
        Assert.That(error.Message, Does.Contain("Recover it").And.Contain("purge"));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        await Store.RecoverAsync(Db, default);
        Assert.That((await ReadAsync("db")).SingleValue().RevealString(), Is.EqualTo("canary"));
    }
}
