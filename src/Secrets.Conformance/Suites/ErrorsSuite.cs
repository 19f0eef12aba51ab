using System.Collections;
using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Each native fault has one code, says which store, and never holds a value.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class ErrorsSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [TestCaseSource(nameof(Provocable))]
    public async Task A_fault_is_answered_as_what_it_is(ConformanceFault fault)
    {
        await PutAsync(Db, One("1"));
        await using IAsyncDisposable provoked = await Fixture.ProvokeAsync(Store, fault, Db, Cancel);
        if (fault == ConformanceFault.EchoesValue)
        {
            string value = Unique();
            AssertHolds(await FailureAsync(() => WriteAsync(Db, One(value))), value, nothing: true);
            return;
        }

        SecretReadResult result = await EntryAsync(Db);
        Assert.That(result.Status, Is.EqualTo(StatusOf(fault)), result.Error?.Message);
        Assert.That(result.Secret, Is.Null);
        Assert.That(result.Error, Is.Not.Null, "A refusal says why.");
        Assert.That(result.Error!.StoreName, Is.EqualTo(Store.Name));
        if (CodeOf(fault) is { } code) Assert.That(result.Error.Code, Is.EqualTo(code), result.Error.Message);
        if (fault == ConformanceFault.Throttled) Assert.That(result.Error.RetryAfter, Is.EqualTo(SecretStoreFixture.ThrottledFor));
    }

    [TestCaseSource(nameof(Provocable))]
    public async Task A_store_works_again_when_the_fault_has_passed(ConformanceFault fault)
    {
        await PutAsync(Db, One("1"));
        await using (IAsyncDisposable provoked = await Fixture.ProvokeAsync(Store, fault, Db, Cancel))
        {
            if (fault != ConformanceFault.EchoesValue) Assert.That((await EntryAsync(Db)).Status, Is.Not.EqualTo(SecretReadStatus.Found));
        }

        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_denied_entry_spoils_no_other()
    {
        await PutAsync(Db, One("1"));
        await PutAsync(Api, One("2"));
        SecretReadStatus expected = SecretReadStatus.Found;
        IAsyncDisposable? fault = null;
        if (Fixture.Faults.Contains(ConformanceFault.Denied))
        {
            fault = await Fixture.ProvokeAsync(Store, ConformanceFault.Denied, Db, Cancel);
            expected = SecretReadStatus.Denied;
        }

        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(Db), new SecretRead(Api)], Cancel);
        if (fault is not null) await fault.DisposeAsync();
        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { expected, SecretReadStatus.Found }));
    }

    [Test]
    public async Task No_refusal_of_a_write_holds_the_value()
    {
        string value = Unique();
        string tooLong = value + new string('x', Store.Capabilities.MaxValueBytes);
        await PutAsync(Db, One("1"));
        // Each of these is refused by every store: as a conflict where it has the capability, as unsupported where it has not.
        AssertHolds(await FailureAsync(() => WriteAsync(Db, One(value), SecretCondition.Absent)), value, nothing: true);
        AssertHolds(await FailureAsync(() => WriteAsync(Db, One(value), SecretCondition.At(new SecretVersion("no-such-version")))), value, nothing: true);
        AssertHolds(await FailureAsync(() => WriteAsync(Db, One(tooLong))), value, nothing: true);
        AssertHolds(await FailureAsync(() => WriteAsync(SecretAddress.Public(""), One(value))), value, nothing: true);
    }

    [Test]
    public async Task An_error_says_which_secret_and_what_to_do()
    {
        await PutAsync(Db, One("1"));
        SecretException error = (SecretException)await FailureAsync(() => WriteAsync(Db, One("2"), SecretCondition.Absent));
        Assert.That(error.Message, Does.Contain(Store.Name));
        Assert.That(error.Message.TrimEnd(), Does.EndWith("."), "A message is a sentence.");
        Assert.That(error.Message, Has.Length.GreaterThan(40), "It says operation, place and next step.");
    }

    private static SecretErrorCode? CodeOf(ConformanceFault fault) => fault switch
    {
        ConformanceFault.Denied => SecretErrorCode.Denied,
        ConformanceFault.Unauthenticated => SecretErrorCode.Unauthenticated,
        ConformanceFault.Throttled => SecretErrorCode.Throttled,
        ConformanceFault.Unavailable => SecretErrorCode.Unavailable,
        ConformanceFault.TimedOut => SecretErrorCode.TimedOut,
        ConformanceFault.Corrupted => SecretErrorCode.Corrupted,
        _ => null,
    };

    private static SecretReadStatus StatusOf(ConformanceFault fault) => fault switch
    {
        ConformanceFault.Denied => SecretReadStatus.Denied,
        ConformanceFault.MissingOrDenied => SecretReadStatus.MissingOrDenied,
        _ => SecretReadStatus.Failed,
    };

    private static async Task<Exception> FailureAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (SecretException e)
        {
            return e;
        }

        throw new AssertionException("Expected a SecretException; nothing was thrown.");
    }

    private static void AssertHolds(Exception error, string value, bool nothing)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            string shown = e + e.Message + string.Join('\n', e.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"));
            Assert.That(shown.Contains(value, StringComparison.Ordinal), Is.EqualTo(!nothing), $"The {e.GetType().Name} holds the value.");
        }
    }

    // A fault of the whole backend may end the call or the entry: both are the same answer to the caller of one.
    private async Task<SecretReadResult> EntryAsync(SecretAddress address)
    {
        try
        {
            return await ReadAsync(address);
        }
        catch (SecretException e)
        {
            return SecretReadResult.From(e);
        }
    }
}
