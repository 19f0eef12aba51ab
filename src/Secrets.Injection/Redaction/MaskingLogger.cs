using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Masks message, state, scope and exception before the inner logger sees any of them.</summary>
internal sealed class MaskingLogger(SecretMasker masker, ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => inner.BeginScope(MaskedLogState.Of(state, masker) ?? "");

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!inner.IsEnabled(logLevel)) return;
        string message = masker.Mask(formatter(state, exception));
        Exception? shown = exception is null ? null : MaskedException.Of(exception, masker);
        EventId id = eventId.Name is null ? eventId : new EventId(eventId.Id, masker.Mask(eventId.Name));
        inner.Log(logLevel, id, new MaskedLogState(message, state, masker), shown, static (s, _) => s.ToString());
    }
}
