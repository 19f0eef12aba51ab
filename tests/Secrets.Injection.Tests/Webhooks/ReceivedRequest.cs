namespace Secrets.Injection.Tests.Webhooks;

/// <summary>One request as it came over the wire.</summary>
internal sealed record ReceivedRequest(string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body);
