using System.Text;
using Secrets.Conformance;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>The store against the wire-level server.</summary>
public sealed class GoogleFixture : ServerFixture
{
    public override IReadOnlyCollection<ConformanceFault> Faults => Enum.GetValues<ConformanceFault>();

    public override bool KeepsDeletedNamesTaken => false;

    protected override string ReadAction => "versions.access";

    protected override string NativeOf(SecretAddress address) => GoogleNames.Under("").ToNative(address, "test");

    protected override void TellExistence(GoogleSecretManagerServer server, bool tells) => server.TellsExistence = tells;

    protected override void Plan(GoogleSecretManagerServer server, ConformanceFault fault)
    {
        switch (fault)
        {
            case ConformanceFault.Corrupted:
                server.DamagesChecksums = true;
                break;
            case ConformanceFault.Unauthenticated:
                server.Fail(401, "UNAUTHENTICATED", "The token expired.", times: int.MaxValue);
                break;
            case ConformanceFault.Throttled:
                server.Fail(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", times: int.MaxValue, retryAfter: "7");
                break;
            case ConformanceFault.Unavailable:
                server.Fail(503, "UNAVAILABLE", "The service is unavailable.", times: int.MaxValue);
                break;
            case ConformanceFault.TimedOut:
                server.Fail(504, "DEADLINE_EXCEEDED", "The request took too long.", times: int.MaxValue);
                break;
            default:
                server.Faults.Answer(
                    request => new GoogleError(400, "INVALID_ARGUMENT", Encoding.UTF8.GetString(Convert.FromBase64String((string)request.Json()["payload"]!["data"]!))).ToAnswer(), "versions.add", int.MaxValue);
                break;
        }
    }

    protected override void Clear(GoogleSecretManagerServer server)
    {
        server.DamagesChecksums = false;
        base.Clear(server);
    }
}
