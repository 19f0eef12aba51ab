using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>
/// The service's operations on the SDK's own core: credential and region chains, signing, retries and clock skew are the SDK's. The generated
/// AWSSDK.SecretsManager can take this file's place; see decision 0081.
/// </summary>
internal sealed class AwsClient : AmazonServiceClient
{
    private static readonly AwsMetadata Metadata = new();
    private static readonly AwsJson Json = AwsJson.Default;

    public AwsClient(AwsConfig config)
        : base(config)
    {
    }

    public AwsClient(AWSCredentials credentials, AwsConfig config)
        : base(credentials, config)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public Task<NativeSecretValue> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken) =>
        CallAsync("GetSecretValue", request, Json.GetSecretValueRequest, Json.NativeSecretValue, cancellationToken);

    public Task<BatchGetSecretValueResponse> BatchGetSecretValueAsync(BatchGetSecretValueRequest request, CancellationToken cancellationToken) =>
        CallAsync("BatchGetSecretValue", request, Json.BatchGetSecretValueRequest, Json.BatchGetSecretValueResponse, cancellationToken);

    public Task<NativeSecret> DescribeSecretAsync(SecretIdRequest request, CancellationToken cancellationToken) =>
        CallAsync("DescribeSecret", request, Json.SecretIdRequest, Json.NativeSecret, cancellationToken);

    public Task<ListSecretsResponse> ListSecretsAsync(ListSecretsRequest request, CancellationToken cancellationToken) =>
        CallAsync("ListSecrets", request, Json.ListSecretsRequest, Json.ListSecretsResponse, cancellationToken);

    public Task<ListSecretVersionIdsResponse> ListSecretVersionIdsAsync(ListSecretVersionIdsRequest request, CancellationToken cancellationToken) =>
        CallAsync("ListSecretVersionIds", request, Json.ListSecretVersionIdsRequest, Json.ListSecretVersionIdsResponse, cancellationToken);

    public Task<NamedVersionResponse> CreateSecretAsync(CreateSecretRequest request, CancellationToken cancellationToken) =>
        CallAsync("CreateSecret", request, Json.CreateSecretRequest, Json.NamedVersionResponse, cancellationToken);

    public Task<NamedVersionResponse> PutSecretValueAsync(PutSecretValueRequest request, CancellationToken cancellationToken) =>
        CallAsync("PutSecretValue", request, Json.PutSecretValueRequest, Json.NamedVersionResponse, cancellationToken);

    public Task UpdateSecretAsync(UpdateSecretRequest request, CancellationToken cancellationToken) =>
        SendAsync("UpdateSecret", request, Json.UpdateSecretRequest, cancellationToken);

    public Task UpdateSecretVersionStageAsync(UpdateSecretVersionStageRequest request, CancellationToken cancellationToken) =>
        SendAsync("UpdateSecretVersionStage", request, Json.UpdateSecretVersionStageRequest, cancellationToken);

    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken) =>
        SendAsync("TagResource", request, Json.TagResourceRequest, cancellationToken);

    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken) =>
        SendAsync("UntagResource", request, Json.UntagResourceRequest, cancellationToken);

    public Task DeleteSecretAsync(DeleteSecretRequest request, CancellationToken cancellationToken) =>
        SendAsync("DeleteSecret", request, Json.DeleteSecretRequest, cancellationToken);

    public Task RestoreSecretAsync(SecretIdRequest request, CancellationToken cancellationToken) =>
        SendAsync("RestoreSecret", request, Json.SecretIdRequest, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        // Each goes directly behind the marshaller, so the scheme, added last, is resolved first and the signer never meets a null.
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SchemeHandler());
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, CancellationToken cancellationToken)
    {
        AwsAnswer answer = await SendAsync(operation, request, requestType, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer.Body, responseType) ?? throw new JsonException("The body is null.");
    }

    private Task<AwsAnswer> SendAsync<TRequest>(string operation, TRequest request, JsonTypeInfo<TRequest> requestType, CancellationToken cancellationToken)
    {
        AwsCall call = new(operation, JsonSerializer.SerializeToUtf8Bytes(request, requestType));
        InvokeOptions options = new() { RequestMarshaller = CallMarshaller.Instance, ResponseUnmarshaller = AnswerUnmarshaller.Instance };
        // The SDK reads bodies with blocking reads, which no token reaches: the wait is ours, so that a stalled body can be left at once.
        return InvokeAsync<AwsAnswer>(call, options, cancellationToken).WaitAsync(cancellationToken);
    }

    private sealed class EndpointHandler : BaseEndpointResolver
    {
        protected override Amazon.Runtime.Endpoints.EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            AwsEndpoints.Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint?.SystemName);
    }

    private sealed class SchemeHandler : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            [new AuthSchemeOption { SchemeId = "aws.auth#sigv4" }];
    }

    private sealed class AwsMetadata : IServiceMetadata
    {
        public string ServiceId => "Secrets Manager";

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
