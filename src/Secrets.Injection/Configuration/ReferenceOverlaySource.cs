using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Puts a seat of an overlay among the sources of a configuration.</summary>
internal sealed class ReferenceOverlaySource(ReferenceOverlay overlay) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new ReferenceOverlayProvider(overlay);
}
