using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Several writers at once: of those who ask for the same thing exactly one wins, and nothing is ever mixed.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class ConcurrencySuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private const int Writers = 8;

    [Test]
    public async Task Of_many_who_create_one_wins()
    {
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfAbsent, () => WriteAsync(Db, One("1"), SecretCondition.Absent))) return;
        SecretErrorCode?[] outcomes = await RaceAsync(i => WriteAsync(Db, One($"{i}"), SecretCondition.Absent));
        Assert.That(outcomes.Count(code => code is null), Is.EqualTo(1));
        Assert.That(outcomes.Where(code => code is not null), Is.All.EqualTo(SecretErrorCode.AlreadyExists));
        Assert.That(await TextAsync(Db), Is.EqualTo($"{Array.IndexOf(outcomes, null)}"));
    }

    [Test]
    public async Task Of_many_who_update_one_version_one_wins()
    {
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        SecretVersion version = (await WriteAsync(Db, One("before"))).Version;
        SecretErrorCode?[] outcomes = await RaceAsync(i => WriteAsync(Db, One($"{i}"), SecretCondition.At(version)));
        Assert.That(outcomes.Count(code => code is null), Is.EqualTo(1));
        Assert.That(outcomes.Where(code => code is not null), Is.All.EqualTo(SecretErrorCode.Conflict));
        Assert.That(await TextAsync(Db), Is.EqualTo($"{Array.IndexOf(outcomes, null)}"));
    }

    [Test]
    public async Task Updaters_who_try_again_lose_nothing()
    {
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        await WriteAsync(Db, new SecretValues { ["start"] = "" });
        await RaceAsync(AddKeyAsync);
        Assert.That((await FoundAsync(Db)).Keys, Is.EquivalentTo(Enumerable.Range(0, Writers).Select(i => $"key{i}").Prepend("start")));
    }

    [Test]
    public async Task Readers_never_see_two_writes_mixed()
    {
        SecretValues Pair(int i) => new() { ["user"] = $"{i}", ["password"] = $"{i}" };
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, Pair(0)))) return;
        await WriteAsync(Db, Pair(0));
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; i <= 20; i++)
                await WriteAsync(Db, Pair(i));
        });
        do
        {
            Secret secret = await FoundAsync(Db);
            Assert.That(secret["user"], Is.EqualTo(secret["password"]), "One read, one version.");
        }
        while (!writing.IsCompleted);
        await writing;
        Assert.That((await FoundAsync(Db))["user"].RevealString(), Is.EqualTo("20"));
    }

    [Test]
    public async Task Writers_of_different_secrets_do_not_disturb_each_other()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        SecretErrorCode?[] outcomes = await RaceAsync(i => WriteAsync(SecretAddress.Public($"name-{i}"), One($"{i}")));
        Assert.That(outcomes, Is.All.Null);
        for (int i = 0; i < Writers; i++)
            Assert.That(await TextAsync(SecretAddress.Public($"name-{i}")), Is.EqualTo($"{i}"));
    }

    private static async Task<SecretErrorCode?[]> RaceAsync(Func<int, Task> act)
    {
        using Barrier start = new(Writers);
        return await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Factory.StartNew(() => OutcomeAsync(start, () => act(i)), TaskCreationOptions.LongRunning).Unwrap()));
    }

    private static async Task<SecretErrorCode?> OutcomeAsync(Barrier start, Func<Task> act)
    {
        start.SignalAndWait();
        try
        {
            await act();
            return null;
        }
        catch (SecretException e)
        {
            return e.Code;
        }
    }

    private async Task AddKeyAsync(int i)
    {
        while (true)
        {
            Secret now = await FoundAsync(Db);
            SecretValues values = new(now.Values) { [$"key{i}"] = $"{i}" };
            try
            {
                await WriteAsync(Db, values, SecretCondition.At(now.Version));
                return;
            }
            catch (SecretException e) when (e.Code == SecretErrorCode.Conflict)
            {
                // Somebody else was first: read again, and add to theirs.
            }
        }
    }
}
