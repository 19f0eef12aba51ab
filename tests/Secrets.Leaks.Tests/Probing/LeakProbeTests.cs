using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Secrets.Leaks.Probing;

/// <summary>The probe hears a planted leak wherever one can happen.</summary>
[TestFixture]
[NonParallelizable]
public sealed class LeakProbeTests
{
    private static readonly TestCaseData[] Leaks =
    [
        Leak("a log message", (probe, text) => Log(probe).LogTrace("{Message}", text)),
        Leak("a log's values", (probe, text) => Log(probe).Log(LogLevel.Trace, default, new List<KeyValuePair<string, object?>> { new("k", new Leaky(text)) }, null, (_, _) => "")),
        Leak("a log scope", (probe, text) => Log(probe).BeginScope("{K}", text)?.Dispose()),
        Leak("a logged exception", (probe, text) => Log(probe).LogError(new InvalidOperationException("x", new InvalidOperationException(text)), "x")),
        Leak("an exception caught inside", (_, text) => Swallow(new InvalidOperationException(text))),
        Leak("an exception's data", (_, text) => Swallow(new InvalidOperationException("x") { Data = { ["k"] = text } })),
        Leak("an inner exception", (_, text) => Swallow(new InvalidOperationException("x", new FormatException(text)))),
        Leak("an activity's tag", (_, text) => Traced(activity => activity.SetTag("k", text))),
        Leak("an activity's name", (_, text) => Traced(activity => activity.DisplayName = text)),
        Leak("an activity's event", (_, text) => Traced(activity => activity.AddEvent(new ActivityEvent("e", tags: new ActivityTagsCollection { ["k"] = text })))),
        Leak("an activity's baggage", (_, text) => Traced(activity => activity.AddBaggage("k", text))),
        Leak("an activity's status", (_, text) => Traced(activity => activity.SetStatus(ActivityStatusCode.Error, text))),
        Leak("a metric's tag", (_, text) =>
        {
            using Meter meter = new("leaks");
            meter.CreateCounter<long>("c").Add(1, new KeyValuePair<string, object?>("k", text));
        }),
        Leak("the console", (_, text) => Console.WriteLine(text)),
        Leak("the console's error", (_, text) => Console.Error.WriteLine(text)),
        Leak("a file", (probe, text) => probe.Files.Write("a/b.txt", text)),
        Leak("a file's name", (probe, text) => probe.Files.Write(text[..39], "")),
        Leak("a temporary file", (_, text) => File.WriteAllText(Path.GetTempFileName(), text)),
        Leak("ToString", (probe, text) => probe.See(new Leaky(text))),
        Leak("JSON", (probe, text) => probe.See(new Dictionary<string, string> { ["k"] = text })),
        Leak("a property of a property", (probe, text) => probe.See(new Outer(new Dictionary<string, Inner> { ["k"] = new(text) }))),
        Leak("a debugger display", (probe, text) => probe.See(new Displayed(text))),
        Leak("a debugger proxy", (probe, text) => probe.See(new Proxied(text))),
    ];

    [TestCaseSource(nameof(Leaks))]
    public void A_planted_leak_is_heard(Action<LeakProbe, string> leak)
    {
        using LeakProbe probe = new();
        leak(probe, probe.Canary());
        Assert.That(probe.Findings(), Is.Not.Empty);
    }

    [Test]
    public void Silence_is_silence()
    {
        using LeakProbe probe = new();
        probe.Canary();
        Log(probe).LogTrace("nothing");
        probe.Files.Write("empty", "nothing");
        Assert.That(probe.Findings(), Is.Empty);
    }

    private static TestCaseData Leak(string name, Action<LeakProbe, string> leak) => new TestCaseData(leak).SetArgDisplayNames(name);

    private static ILogger Log(LeakProbe probe) => probe.Loggers.CreateLogger("test");

    private static void Swallow(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (InvalidOperationException e)
        {
            Debug.Assert(e == exception, "Caught inside, seen by the probe.");
        }
    }

    private static void Traced(Action<Activity> leak)
    {
        using ActivitySource source = new("leaks");
        using Activity? activity = source.StartActivity("a");
        leak(activity!);
    }

    private sealed class Leaky(string text)
    {
        public override string ToString() => text;
    }

    private sealed record Inner(string Text)
    {
        public override string ToString() => "";
    }

    private sealed record Outer(IReadOnlyDictionary<string, Inner> Things)
    {
        public override string ToString() => "";
    }

    [DebuggerDisplay("{_text,nq}")]
    private sealed class Displayed(string text)
    {
        private readonly string _text = text;

        public override string ToString() => $"{_text.Length}";
    }

    [DebuggerTypeProxy(typeof(View))]
    private sealed class Proxied(string text)
    {
        private readonly string _text = text;

        public override string ToString() => $"{_text.Length}";

        internal sealed class View(Proxied shown)
        {
            public string Text => shown._text;
        }
    }
}
