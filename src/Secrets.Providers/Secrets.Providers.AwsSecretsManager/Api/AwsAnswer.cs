using Amazon.Runtime;

namespace Secrets;

/// <summary>An answer's JSON body, not looked into yet.</summary>
internal sealed class AwsAnswer : AmazonWebServiceResponse
{
    public byte[] Body { get; init; } = [];
}
