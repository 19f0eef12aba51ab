namespace Secrets;

/// <summary>Who asks at this moment, as the host's services tell.</summary>
internal sealed class FollowedPrincipal(Func<IServiceProvider, SecretPrincipal?> whoAsks)
{
    /// <summary>Somebody whom the host does not know is nobody: never the host itself.</summary>
    internal SecretPrincipal Of(IServiceProvider services) => whoAsks(services) ?? SecretPrincipal.Anonymous;
}
