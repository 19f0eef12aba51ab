using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Puts a masker in front of another provider.</summary>
internal sealed class MaskingLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly SecretMasker _masker;
    private readonly ILoggerProvider _inner;

    internal MaskingLoggerProvider(SecretMasker masker, ILoggerProvider inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _masker = masker;
        _inner = inner;
    }

    public ILogger CreateLogger(string categoryName) => new MaskingLogger(_masker, _inner.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        if (_inner is ISupportExternalScope scoped) scoped.SetScopeProvider(new MaskingScopeProvider(_masker, scopeProvider));
    }

    public void Dispose() => _inner.Dispose();
}
