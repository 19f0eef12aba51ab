using System.Net;
using Amazon.Runtime;

namespace Secrets;

/// <summary>An error answer of the service.</summary>
internal sealed class AwsFault(string message, ErrorType type, string code, string requestId, HttpStatusCode status)
    : AmazonServiceException(message, type, code, requestId, status)
{
    public TimeSpan? RetryAfter { get; init; }
}
