using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>
/// An overlay over a configuration that is read while sources are still being added to it, as a host builder's is. Whatever is added later,
/// the overlay takes a new seat behind it at once.
/// </summary>
internal sealed class LiveOverlay : IDisposable
{
    private readonly IConfigurationBuilder _sources;
    private readonly IConfigurationRoot _root;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Puts an overlay on a configuration that is a builder and a root at once.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="getOptions">What counts as a reference.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>: the configuration is of another kind.</exception>
    internal LiveOverlay(IConfigurationBuilder configuration, ConfigurationSecrets secrets, Func<SecretTemplateOptions> getOptions)
    {
        _sources = configuration;
        _root = configuration as IConfigurationRoot ?? throw NotLive();
        Overlay = new ReferenceOverlay(() => _root.Providers, secrets, getOptions);
        TakeLastSeat();
        _subscription = ChangeToken.OnChange(_root.GetReloadToken, OnReload);
    }

    internal ReferenceOverlay Overlay { get; }

    /// <summary>Sees to it that the overlay is asked before every source.</summary>
    internal void TakeLastSeat()
    {
        // Adding a source raises the reload token, and so comes back here; the lock lets the same thread in again, and then nothing is left to do.
        lock (_gate)
        {
            if (_disposed || IsLast()) return;
            _sources.Add(new ReferenceOverlaySource(Overlay));
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed = true;
        _subscription.Dispose();
    }

    private void OnReload()
    {
        if (!Overlay.Knows(_root.Providers)) Overlay.Invalidate();
        TakeLastSeat();
    }

    private bool IsLast()
    {
        IConfigurationProvider[] providers = [.. _root.Providers];
        if (providers is not [.., ReferenceOverlayProvider last] || last.Overlay != Overlay) return false;
        foreach (ReferenceOverlayProvider seat in providers.OfType<ReferenceOverlayProvider>().Where(seat => seat.Overlay == Overlay))
            seat.IsRetired = seat != last;
        return true;
    }

    private static SecretException NotLive() => new(
        SecretErrorCode.Unsupported,
        "This configuration cannot be read before it is built, so what sources give cannot be looked at. Use the builder of Host.CreateApplicationBuilder or WebApplication.CreateBuilder, or end with BuildWithSecrets(client) instead of Build().")
    {
        Reason = "configuration-kind",
    };
}
