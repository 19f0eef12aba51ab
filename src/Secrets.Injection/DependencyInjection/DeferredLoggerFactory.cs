using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Secrets;

/// <summary>
/// Loggers that can be made before the host's logging exists. What is logged before <see cref="Attach"/> goes nowhere: start-up faults are
/// thrown, not logged.
/// </summary>
internal sealed class DeferredLoggerFactory : ILoggerFactory
{
    private volatile ILoggerFactory _target = NullLoggerFactory.Instance;

    public ILogger CreateLogger(string categoryName) => new DeferredLogger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => _target.AddProvider(provider);

    public void Dispose()
    {
        // The target is the host's to dispose.
    }

    internal void Attach(ILoggerFactory target)
    {
        if (!ReferenceEquals(target, this)) _target = target;
    }

    private sealed class DeferredLogger(DeferredLoggerFactory factory, string category) : ILogger
    {
        private volatile Resolved? _resolved;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => Target().BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Target().IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Target().Log(logLevel, eventId, state, exception, formatter);

        private ILogger Target()
        {
            ILoggerFactory target = factory._target;
            if (_resolved is { } known && ReferenceEquals(known.Factory, target)) return known.Logger;
            Resolved resolved = new(target, target.CreateLogger(category));
            _resolved = resolved;
            return resolved.Logger;
        }
    }

    private sealed record Resolved(ILoggerFactory Factory, ILogger Logger);
}
