using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Secrets;

/// <summary>The SDK's own settings (region chain, <c>AWS_ENDPOINT_URL*</c>, retry mode, proxies), for this service.</summary>
internal sealed class AwsConfig : ClientConfig
{
    public const string Service = "secretsmanager";

    public AwsConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations.All))
    {
        // The service id decides the names of the settings: AWS_ENDPOINT_URL_SECRETS_MANAGER.
        ServiceId = "Secrets Manager";
        AuthenticationServiceName = Service;
        EndpointProvider = new AwsEndpoints();
    }

    public override string RegionEndpointServiceName => Service;

    public override string ServiceVersion => "2017-10-17";

    public override string UserAgent => "secrets-dotnet/1";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(AwsEndpoints.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
