namespace Secrets;

/// <summary>The shapes of the service's v1 discovery document, as far as this store uses them. Member names are the wire's, in camel case.</summary>
internal static class GoogleMessages
{
    internal sealed record NativeReplica(string Location);

    internal sealed record NativeReplicas(IReadOnlyList<NativeReplica> Replicas);

    internal sealed record NativeAutomatic;

    internal sealed record NativeReplication(NativeAutomatic? Automatic, NativeReplicas? UserManaged);

    internal sealed record NativeSecret
    {
        public string? Name { get; init; }

        public NativeReplication? Replication { get; init; }

        public DateTimeOffset? CreateTime { get; init; }

        public DateTimeOffset? ExpireTime { get; init; }

        public IReadOnlyDictionary<string, string>? Labels { get; init; }

        public IReadOnlyDictionary<string, string>? Annotations { get; init; }

        public string? Etag { get; init; }
    }

    internal sealed record ListSecretsResponse(IReadOnlyList<NativeSecret>? Secrets, string? NextPageToken);

    internal sealed record NativeVersion(string Name, DateTimeOffset? CreateTime, string? State);

    internal sealed record ListVersionsResponse(IReadOnlyList<NativeVersion>? Versions, string? NextPageToken);

    internal sealed record NativePayload(byte[]? Data, string? DataCrc32c);

    internal sealed record AddVersionRequest(NativePayload Payload);

    internal sealed record AccessResponse(string Name, NativePayload? Payload);

    internal sealed record Nothing;

    internal sealed record ErrorResponse(ErrorBody? Error);

    internal sealed record ErrorBody(int Code, string? Message, string? Status);
}
