using Microsoft.Extensions.Logging;

namespace Secrets.Leaks.Probing;

/// <summary>Catches every log entry of every category: message, the values it was made of, scopes, exception.</summary>
/// <param name="caught">Takes what is logged: where, and what.</param>
public sealed class CapturingLoggerProvider(Action<string, string> caught) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new CapturingLogger(categoryName, caught);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class CapturingLogger(string category, Action<string, string> caught) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Hear("a log scope", state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            caught($"the log {category}", $"{logLevel} {eventId} {formatter(state, exception)}");
            Hear("a log's values", state);
            if (exception is null) return;
            foreach ((string way, string text) in ObjectViews.OfException(exception))
                caught($"a logged exception's {way} ({category})", text);
        }

        // What a structured sink stores, destructured.
        private void Hear(string place, object? state)
        {
            caught($"{place} ({category})", $"{state}");
            if (state is not IEnumerable<KeyValuePair<string, object?>> pairs) return;
            foreach ((string key, object? value) in pairs)
            {
                foreach ((string way, string text) in ObjectViews.Of(value))
                    caught($"{place}: {key}, {way} ({category})", text);
            }
        }
    }
}
