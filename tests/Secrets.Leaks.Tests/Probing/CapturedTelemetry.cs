using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Secrets.Leaks.Probing;

/// <summary>Listens to every activity source and every meter of the process.</summary>
public sealed class CapturedTelemetry : IDisposable
{
    private readonly Action<string, string> _catch;
    private readonly ActivityListener _activities;
    private readonly MeterListener _metrics;

    /// <summary>Starts listening.</summary>
    /// <param name="caught">Takes what is heard: where, and what.</param>
    public CapturedTelemetry(Action<string, string> caught)
    {
        _catch = caught;
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = Hear,
            ActivityStopped = Hear,
            ExceptionRecorder = (Activity _, Exception exception, ref TagList _) => _catch("an activity's exception", exception.ToString()),
        };
        ActivitySource.AddActivityListener(_activities);
        _metrics = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _metrics.SetMeasurementEventCallback<long>(Measured);
        _metrics.SetMeasurementEventCallback<int>(Measured);
        _metrics.SetMeasurementEventCallback<double>(Measured);
        _metrics.Start();
    }

    /// <summary>Has gauges tell their values.</summary>
    public void Flush() => _metrics.RecordObservableInstruments();

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _activities.Dispose();
        _metrics.Dispose();
    }

    private void Hear(Activity activity)
    {
        string place = $"the activity {activity.OperationName}";
        _catch(place, $"{activity.OperationName}\n{activity.DisplayName}\n{activity.StatusDescription}\n{activity.TraceStateString}");
        _catch(place, Text(activity.TagObjects));
        _catch(place, string.Join('\n', activity.Baggage));
        foreach (ActivityEvent e in activity.Events)
            _catch(place, $"{e.Name}\n{Text(e.Tags)}");
        foreach (ActivityLink link in activity.Links)
            _catch(place, Text(link.Tags ?? []));
    }

    private void Measured<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _catch($"the metric {instrument.Name}", $"{instrument.Name} {instrument.Description} {measurement}\n{Text(tags.ToArray())}");

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join('\n', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
