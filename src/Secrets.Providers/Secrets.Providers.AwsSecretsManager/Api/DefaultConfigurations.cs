using Amazon.Runtime;

namespace Secrets;

/// <summary>What <c>AWS_DEFAULTS_MODE</c> can choose, with the time limits that the SDK's own services have for each.</summary>
internal static class DefaultConfigurations
{
    public static IReadOnlyList<IDefaultConfiguration> All { get; } =
    [
        Of(DefaultConfigurationMode.Standard, TimeSpan.FromMilliseconds(3100)),
        Of(DefaultConfigurationMode.InRegion, TimeSpan.FromMilliseconds(1100)),
        Of(DefaultConfigurationMode.CrossRegion, TimeSpan.FromMilliseconds(3100)),
        Of(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30)),
    ];

    private static DefaultConfiguration Of(DefaultConfigurationMode mode, TimeSpan connect) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = connect,
        TlsNegotiationTimeout = connect,
    };
}
