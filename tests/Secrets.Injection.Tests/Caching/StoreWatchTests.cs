using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class StoreWatchTests
{
    private const string Missed = "anything may have changed";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task What_changed_while_nobody_listened_is_asked_for_once_somebody_does_again()
    {
        using CancellationTokenSource lifetime = new();
        ManualTimeProvider time = new();
        Channel<string> told = Channel.CreateUnbounded<string>();
        Mock<ISecretStore> store = new();
        store.SetupGet(mock => mock.Name).Returns("watched");
        store.SetupSequence(mock => mock.WatchAsync(It.IsAny<CancellationToken>())).Returns(EndedWatch(told)).Returns(EndlessWatch(told, lifetime.Token));
        RefreshSchedule schedule = new(new SecretCacheOptions(), new Random(1), NullLogger.Instance);
        Task watching = Task.Run(() => StoreWatch.RunAsync(
            store.Object, change => told.Writer.TryWrite(change == default ? Missed : "a change"), schedule, time, NullLogger.Instance, lifetime.Token));

        Assert.That(await NextAsync(told, time), Is.EqualTo("listens first"));
        Assert.That(await NextAsync(told, time), Is.EqualTo(Missed));
        Assert.That(await NextAsync(told, time), Is.EqualTo("listens again"));
        Assert.That(await NextAsync(told, time), Is.EqualTo(Missed), "after it listens, so that nothing falls in between");
        await lifetime.CancelAsync();
        await watching;
        Assert.That(told.Reader.TryRead(out _), Is.False);
    }

    // Time goes on until something is told: when the pause begins is the watch's own affair.
    private static async Task<string> NextAsync(Channel<string> told, ManualTimeProvider time)
    {
        using CancellationTokenSource patience = new(Patience);
        string? next;
        while (!told.Reader.TryRead(out next))
        {
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return next;
    }

    private static async IAsyncEnumerable<SecretStoreChange> EndedWatch(Channel<string> told)
    {
        told.Writer.TryWrite("listens first");
        await Task.Yield();
        if (told.Writer is not null)
            throw new SecretException(SecretErrorCode.Unavailable, "The store is away.");
        yield break;
    }

    private static async IAsyncEnumerable<SecretStoreChange> EndlessWatch(Channel<string> told, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        told.Writer.TryWrite("listens again");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
