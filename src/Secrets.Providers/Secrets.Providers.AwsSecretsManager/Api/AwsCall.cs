using Amazon.Runtime;

namespace Secrets;

/// <summary>One operation with its JSON body, on its way through the SDK's pipeline.</summary>
internal sealed class AwsCall(string operation, byte[] body) : AmazonWebServiceRequest
{
    public string Operation => operation;

    public byte[] Body => body;
}
