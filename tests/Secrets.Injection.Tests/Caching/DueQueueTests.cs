using Secrets.Testing;

namespace Secrets.Injection.Tests.Caching;

public sealed class DueQueueTests
{
    private ManualTimeProvider _time = null!;
    private List<IScheduled> _due = null!;

    [SetUp]
    public void SetUp() => (_time, _due) = (new ManualTimeProvider(), []);

    [Test]
    public void What_is_scheduled_again_and_again_does_not_pile_up_and_is_due_once()
    {
        MonotonicClock clock = new(_time);
        using DueQueue queue = new(clock, _due.AddRange);
        Item[] items = [.. Enumerable.Range(0, 10).Select(_ => new Item())];
        for (int i = 1; i <= 10_000; i++)
            queue.Schedule(items[i % 10], TimeSpan.FromMinutes(5).Ticks + i);
        Assert.That(queue.Length, Is.LessThan(200));

        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.That(_due, Is.EquivalentTo(items));
        Assert.That(queue.Length, Is.Zero);
    }

    [Test]
    public void What_is_scheduled_later_or_sooner_is_due_then()
    {
        MonotonicClock clock = new(_time);
        using DueQueue queue = new(clock, _due.AddRange);
        Item later = new();
        Item sooner = new();
        queue.Schedule(later, TimeSpan.FromSeconds(10).Ticks);
        queue.Schedule(later, TimeSpan.FromSeconds(30).Ticks);
        queue.Schedule(sooner, TimeSpan.FromSeconds(30).Ticks);
        queue.Schedule(sooner, TimeSpan.FromSeconds(10).Ticks);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(_due, Is.EqualTo(new[] { sooner }));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(_due, Is.EqualTo(new[] { sooner, later }));
    }

    private sealed class Item : IScheduled
    {
        public long DueAt { get; set; }
    }
}
