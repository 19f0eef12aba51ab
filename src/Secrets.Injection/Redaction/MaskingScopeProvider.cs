using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Shows a provider the scopes of all loggers, masked.</summary>
internal sealed class MaskingScopeProvider(SecretMasker masker, IExternalScopeProvider inner) : IExternalScopeProvider
{
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
        inner.ForEachScope((scope, s) => callback(MaskedLogState.Of(scope, masker), s), state);

    public IDisposable Push(object? state) => inner.Push(state);
}
