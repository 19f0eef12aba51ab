using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class AzureFixture : ServerFixture
{
    protected override string ReadAction => "get";

    protected override string NativeOf(SecretAddress address) => new AzureNames("").ToNative(address, "test");

    protected override void TellExistence(AzureKeyVaultServer server, bool tells) => server.UsesRoles = !tells;

    protected override void Plan(AzureKeyVaultServer server, ConformanceFault fault)
    {
        switch (fault)
        {
            case ConformanceFault.Unauthenticated:
                server.Fail(401, "Unauthorized", "The token expired.", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail(429, "Throttled", "Too many requests.", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail(503, "ServiceUnavailable", "The service is unavailable.", times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail(408, "RequestTimeout", "The request took too long.", times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(request => new AzureError(400, "BadParameter", Encoding.UTF8.GetString(request.Body)).ToAnswer(), "set", times: int.MaxValue);
                break;
        }
    }
}
