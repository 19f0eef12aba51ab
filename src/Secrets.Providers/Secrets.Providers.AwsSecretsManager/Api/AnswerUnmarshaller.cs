using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Secrets;

/// <summary>Takes the body as it comes, and faults the SDK's way, so that its retry policy knows them.</summary>
internal sealed class AnswerUnmarshaller : JsonResponseUnmarshaller
{
    public static AnswerUnmarshaller Instance { get; } = new();

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using MemoryStream body = new();
        input.Stream.CopyTo(body);
        return new AwsAnswer { Body = body.ToArray() };
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        StreamingUtf8JsonReader reader = new(input.Stream);
        ErrorResponse error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        // The HTTP exception inside carries the whole response; it stays out.
        return new AwsFault(error.Message, error.Type, error.Code, error.RequestId, statusCode)
        {
            RetryAfter = double.TryParse(input.ResponseData.GetHeaderValue("Retry-After"), CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 86_400
                ? TimeSpan.FromSeconds(seconds)
                : null,
        };
    }
}
