namespace Secrets.Tests;

/// <summary>What a store says when the wire is not what it should be, the same for every cloud.</summary>
public sealed class FaultyWireTests : StoreTests
{
    [TestCase(200)]
    [TestCase(503)]
    public async Task A_page_of_a_proxy_is_no_answer(int status)
    {
        Server.Faults.WrongBody(status, times: 10);
        SecretException error = (await ReadOneAsync("db")).Error!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(error.ToString(), Does.Not.Contain("guest network"));
    }

    [Test, Repeat(20)]
    public async Task A_connection_that_breaks_in_the_middle_is_unavailable_and_shows_no_part_of_the_value()
    {
        Server.Put("db", """{"password":"canary-of-a-broken-answer"}""");
        // Some clients take the first breaks for stale connections.
        Server.Faults.ResetMidBody(CloudTestStore.ReadOperation, times: 100);
        SecretReadResult result = await ReadOneAsync("db");
        Assert.That((result.Status, result.Error!.Code), Is.EqualTo((SecretReadStatus.Failed, SecretErrorCode.Unavailable)), result.Error.ToString());
        Assert.That(result.Error.ToString(), Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_call_that_hangs_ends_with_its_token()
    {
        Server.Put("db", "canary");
        TaskCompletionSource hold = Server.Faults.Hold();
        using CancellationTokenSource stop = new();
        Task<IReadOnlyList<SecretReadResult>> read = Store.ReadAsync([new SecretRead(Db)], stop.Token).AsTask();
        await stop.CancelAsync();
        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
        hold.SetResult();
    }

    [Test]
    public async Task A_service_that_does_not_answer_in_time_is_timed_out()
    {
        Server.Faults.Hold();
        await using CloudStore hasty = CloudTestStore.Open(Server, options => CloudTestStore.GiveUpAfter(options, TimeSpan.FromMilliseconds(50)));
        Assert.That((await ReadOneAsync(hasty, "db")).Error!.Code, Is.EqualTo(SecretErrorCode.TimedOut));
    }

    [Test]
    public async Task The_SDK_retries_and_nothing_else_does()
    {
        Server.Put("db", "canary");
        await using CloudStore retrying = CloudTestStore.Open(Server, CloudTestStore.RetryOnce);
        // Whatever comes before a conversation's first answer (a challenge) is done.
        await ReadOneAsync(retrying, "other");
        Server.ForgetCalls();
        CloudTestStore.FailAsUnavailable(Server, times: 1);
        Assert.That((await ReadOneAsync(retrying, "db")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(Count(CloudTestStore.ReadOperation), Is.EqualTo(2));
        Server.ForgetCalls();
        CloudTestStore.FailAsUnavailable(Server, times: 10);
        Assert.That((await ReadOneAsync(retrying, "db")).Error!.Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(Count(CloudTestStore.ReadOperation), Is.EqualTo(2));
    }
}
