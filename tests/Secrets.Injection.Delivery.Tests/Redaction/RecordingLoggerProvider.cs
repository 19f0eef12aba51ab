using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Secrets.Injection.Delivery.Tests.Redaction;

/// <summary>Writes down everything that a provider can see.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider, ISupportExternalScope, ILogger
{
    private readonly StringBuilder _text = new();
    private IExternalScopeProvider? _scopes;

    internal string Text => _text.ToString();

    internal List<Exception> Exceptions { get; } = [];

    internal List<IReadOnlyList<KeyValuePair<string, object?>>> States { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _text.AppendLine(CultureInfo.InvariantCulture, $"{logLevel} {eventId} {formatter(state, exception)} {state} {exception}");
        if (exception is not null) Exceptions.Add(exception);
        for (Exception? one = exception; one is not null; one = one.InnerException) _text.AppendLine(one.Message).AppendLine(one.StackTrace);
        if (state is IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            States.Add(pairs);
            foreach ((string key, object? value) in pairs) _text.AppendLine(CultureInfo.InvariantCulture, $"{key}={Show(value)}");
        }

        _scopes?.ForEachScope(
            static (scope, text) =>
            {
                text.AppendLine(scope?.ToString());
                if (scope is IEnumerable<KeyValuePair<string, object?>> values) text.AppendLine(string.Join(", ", values));
            },
            _text);
    }

    public void Dispose()
    {
    }

    private static string Show(object? value) => value is object?[] many ? string.Join("|", many) : value?.ToString() ?? "";
}
