using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Secrets;

/// <summary>AWS JSON 1.1: every operation is a POST to the root, named by a header.</summary>
internal sealed class CallMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static CallMarshaller Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        AwsCall call = (AwsCall)input;
        DefaultRequest request = new(call, "Secrets Manager") { HttpMethod = "POST", ResourcePath = "/", Content = call.Body };
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["X-Amz-Target"] = "secretsmanager." + call.Operation;
        request.Headers["X-Amz-Api-Version"] = "2017-10-17";
        return request;
    }
}
