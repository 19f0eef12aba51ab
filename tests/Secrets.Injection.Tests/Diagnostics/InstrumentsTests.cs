using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Secrets.Injection.Tests.Client;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Diagnostics;

// Listeners hear every client of the process.
[TestFixture]
[NonParallelizable]
internal sealed class InstrumentsTests
{
    [Test]
    public async Task What_the_client_does_shows_in_its_metrics()
    {
        ConcurrentQueue<(string Name, double Value, string Tags)> seen = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == SecretsDiagnostics.MeterName) self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Text(tags))));
        listener.Start();
        await using ClientRig rig = new(store => store.Name = "metered");
        string canary = Canary.Text();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key(canary), new CreateSecretOptions { ExpiresOn = rig.Time.GetUtcNow().AddHours(1) });
        await rig.ReadAsync("db");
        rig.Client.TryGetSecret("db", out _);
        await Refusal.OfAsync(rig.Client.GetSecretAsync("none"));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        for (int second = 0; second < 400; second++)
        {
            rig.Client.TryGetSecret("db", out _);
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        listener.RecordObservableInstruments();

        Assert.That(seen.Select(each => each.Name).Distinct(), Is.SupersetOf(new[]
        {
            "secrets.cache.hits", "secrets.cache.misses", "secrets.reads.failed", "secrets.store.calls", "secrets.store.duration", "secrets.refresh.failures",
            "secrets.cache.entries", "secrets.cache.oldest_age", "secrets.cache.stale", "secrets.expiry.soonest", "secrets.circuit.open",
        }));
        Assert.That(seen.Where(each => each.Name == "secrets.cache.oldest_age").Max(each => each.Value), Is.EqualTo(400).Within(1));
        Assert.That(seen.Where(each => each.Name == "secrets.cache.stale").Max(each => each.Value), Is.EqualTo(1));
        Assert.That(seen.Where(each => each.Name == "secrets.expiry.soonest").Min(each => each.Value), Is.EqualTo(3_200).Within(1));
        Assert.That(seen.Select(each => each.Tags), Has.None.Contains("db").And.None.Contains(canary), "no names in metrics");
    }

    [Test]
    public async Task A_cold_read_shows_as_a_span_over_the_stores_call_and_a_warm_one_as_none()
    {
        ConcurrentQueue<Activity> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == SecretsDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using ClientRig rig = new(store => store.Name = "traced");
        rig.Put("db", "1");
        using Activity caller = new Activity("caller").Start();

        await rig.ReadAsync("db");
        await rig.ReadAsync("db");

        Activity[] own = [.. seen.Where(span => span.TraceId == caller.TraceId)];
        Assert.That(own.Select(span => span.OperationName), Is.EqualTo(new[] { "secrets.store.read", "secrets.fetch" }));
        Assert.That(own[1].ParentSpanId, Is.EqualTo(caller.SpanId), "although the call runs apart from its callers");
        Assert.That(own[0].ParentSpanId, Is.EqualTo(own[1].SpanId));
        Assert.That(own[0].GetTagItem("secrets.store"), Is.EqualTo("traced"));
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> text = [];
        foreach (KeyValuePair<string, object?> tag in tags)
            text.Add($"{tag.Key}={tag.Value}");
        return string.Join(",", text);
    }
}
