using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class AwsFixture : ServerFixture
{
    protected override string ReadAction => "GetSecretValue";

    protected override string NativeOf(SecretAddress address) => AwsNames.Under("").ToNative(address, "test");

    protected override void TellExistence(AwsSecretsManagerServer server, bool tells) => server.DeniesExplicitly = tells;

    protected override void Plan(AwsSecretsManagerServer server, ConformanceFault fault)
    {
        switch (fault)
        {
            case ConformanceFault.Unauthenticated:
                server.Fail("ExpiredTokenException", "The security token included in the request is expired", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail("ThrottlingException", "Rate exceeded", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail("ServiceUnavailableException", "The service is unavailable.", 503, times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail("RequestTimeoutException", "The request took too long.", 408, times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(request => new AwsError("ValidationException", "1 validation error: " + Encoding.UTF8.GetString(request.Body)).ToAnswer(), times: int.MaxValue);
                break;
        }
    }
}
