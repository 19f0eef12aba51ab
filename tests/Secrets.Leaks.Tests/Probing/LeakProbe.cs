using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Secrets.Leaks.Search;
using Secrets.Testing;

namespace Secrets.Leaks.Probing;

/// <summary>
/// Listens to everything that can carry a value out of the process while one path runs: all logs at Trace, every exception thrown (also those
/// that are caught inside), all activities and metrics, the console, every file below its directory, and each object that the path was handed.
/// </summary>
/// <remarks>It replaces console, temporary directory and listeners of the process: one probe at a time.</remarks>
public sealed class LeakProbe : IDisposable
{
    private readonly ConcurrentQueue<(string Place, string Text)> _caught = new();
    private readonly LeakSearch _search = new();
    private readonly CapturedTelemetry _telemetry;
    private readonly CapturedConsole _console;
    private readonly TemporaryDirectory _directory = new();
    private readonly string? _temporaryBefore = Environment.GetEnvironmentVariable("TMPDIR");
    private int _canaries;

    /// <summary>Starts listening.</summary>
    public LeakProbe()
    {
        Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateDirectory(_directory["tmp"]).FullName);
        _telemetry = new CapturedTelemetry(Catch);
        _console = new CapturedConsole();
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        Loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new CapturingLoggerProvider(Catch)));
    }

    /// <summary>Logging at Trace, for the path to hand to what it drives.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Catches logs; for hosts that build their own logging.</summary>
    public ILoggerProvider LoggerProvider => new CapturingLoggerProvider(Catch);

    /// <summary>A directory for the path's files. Everything in it is searched, temporary files included.</summary>
    public TemporaryDirectory Files => _directory;

    /// <summary>How many values the path asked for.</summary>
    public int CanaryCount => _canaries;

    /// <summary>How much was caught.</summary>
    public int CaughtCount => _caught.Count;

    /// <summary>A value that must not be found anywhere, with characters that each encoding writes differently.</summary>
    /// <returns>The text.</returns>
    public string Canary() => Watch(Testing.Canary.Awkward());

    /// <summary>A value without special characters, for places whose grammar allows none.</summary>
    /// <returns>The text.</returns>
    public string PlainCanary() => Watch(Testing.Canary.Text());

    /// <summary>Bytes that are not text.</summary>
    /// <returns>The bytes.</returns>
    public byte[] BinaryCanary()
    {
        byte[] bytes = Testing.Canary.Bytes();
        _search.Add($"canary {Interlocked.Increment(ref _canaries)}", bytes);
        return bytes;
    }

    /// <summary>Adds a value that the path made itself.</summary>
    /// <param name="text">The value.</param>
    /// <returns>The value.</returns>
    public string Watch(string text)
    {
        _search.Add($"canary {Interlocked.Increment(ref _canaries)}", text);
        return text;
    }

    /// <summary>Takes an object that the library handed out and looks at it in every way that prints objects.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="handedOut">The object.</param>
    /// <returns>The object.</returns>
    public T See<T>(T handedOut)
    {
        foreach ((string way, string text) in ObjectViews.Of(handedOut))
            Catch($"{way} of {handedOut?.GetType().Name ?? "null"}", text);
        return handedOut;
    }

    /// <summary>Runs what must fail, and looks at how it failed.</summary>
    /// <param name="act">What must fail.</param>
    /// <returns>The exception.</returns>
    public async Task<Exception> FailsAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e)
        {
            return See(e);
        }

        throw new AssertionException("The path expected a failure here; nothing was thrown.");
    }

    /// <summary>Adds text from a place that only the path knows (a child's output, a response).</summary>
    /// <param name="place">Where.</param>
    /// <param name="text">What.</param>
    public void Catch(string place, string text) => _caught.Enqueue((place, text));

    /// <summary>Looks for every value in all that was caught and written so far.</summary>
    /// <returns>One line for each finding.</returns>
    public IReadOnlyList<string> Findings()
    {
        _telemetry.Flush();
        List<string> findings = [.. _caught.SelectMany(caught => _search.In(caught.Place, caught.Text)), .. _search.In("the console", _console.Text)];
        foreach (string path in Directory.EnumerateFileSystemEntries(_directory.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            string name = Path.GetRelativePath(_directory.Path, path);
            findings.AddRange(_search.In("a file's name", name));
            if (File.Exists(path)) findings.AddRange(_search.In($"the file {name}", File.ReadAllBytes(path)));
        }

        return [.. findings.Distinct()];
    }

    /// <summary>Stops listening and gives everything back.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        Loggers.Dispose();
        _console.Dispose();
        _telemetry.Dispose();
        Environment.SetEnvironmentVariable("TMPDIR", _temporaryBefore);
        _directory.Dispose();
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        foreach ((string way, string text) in ObjectViews.OfException(e.Exception))
            Catch($"{way} of a thrown {e.Exception.GetType().Name}", text);
    }
}
