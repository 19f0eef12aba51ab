using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Secrets;

/// <summary>Where the service is: the configured URL, else the region's, in its partition, FIPS or dual-stack if asked for.</summary>
internal sealed class AwsEndpoints : IEndpointProvider
{
    public static EndpointParameters Parameters(IClientConfig config, string? region) => new()
    {
        ["Endpoint"] = config.ServiceURL,
        ["Region"] = region ?? config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
        ["UseFIPS"] = config.UseFIPSEndpoint,
        ["UseDualStack"] = config.UseDualstackEndpoint,
    };

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url)
            return new Endpoint(url);
        if (parameters["Region"] is not string { Length: > 0 } region)
            throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        Partition partition = Fn.Partition(region);
        bool dualStack = parameters["UseDualStack"] is true;
        string host = parameters["UseFIPS"] is true ? AwsConfig.Service + "-fips" : AwsConfig.Service;
        return new Endpoint($"https://{host}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
