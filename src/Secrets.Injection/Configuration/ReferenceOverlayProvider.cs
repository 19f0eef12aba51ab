using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>One seat of a <see cref="ReferenceOverlay"/> among the providers of a configuration.</summary>
internal sealed class ReferenceOverlayProvider(ReferenceOverlay overlay, Action? whenDisposed = null) : IConfigurationProvider, IDisposable
{
    private ConfigurationReloadToken _token = new();

    internal ReferenceOverlay Overlay { get; } = overlay;

    /// <summary>
    /// Set once a later seat is in the same list: that one is asked first and knows the same. A seat that nobody has seen in a list yet must
    /// answer, or a read in between would get the text instead of the value.
    /// </summary>
    internal bool IsRetired { get; set; }

    public bool TryGet(string key, out string? value)
    {
        value = null;
        return !IsRetired && Overlay.TryGet(key, out value);
    }

    /// <summary>Setting a key sets it in every provider; the overlay has only to look again.</summary>
    public void Set(string key, string? value) => Overlay.Invalidate();

    public IChangeToken GetReloadToken() => _token;

    public void Load() => Overlay.Invalidate();

    /// <summary>An overlay has no keys of its own: it only gives other values to keys that are there.</summary>
    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        ConfigurationDump.NoteListing();
        return earlierKeys;
    }

    /// <summary>What a debug view shows as the origin of a value.</summary>
    public override string ToString() => "SecretReferences";

    public void Dispose() => whenDisposed?.Invoke();

    internal void RaiseReload() => Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
}
