using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>Labels, annotations and times: of many secrets by <c>secrets.list</c>, of one by <c>secrets.get</c>.</summary>
internal sealed class GoogleDescriptions(GoogleClient client, GoogleErrors errors, SideBySide calls) : NativeDescriptions<NativeSecret>(calls)
{
    private const int PageSize = 500;

    protected override async Task<(IReadOnlyList<NativeSecret> Items, bool HasMore)> ListAsync(IReadOnlyList<string> beginnings, CancellationToken cancellationToken)
    {
        ListSecretsResponse page = await client.ListSecretsAsync(PageSize, null, GoogleListings.FilterOf(beginnings), cancellationToken).ConfigureAwait(false);
        return (page.Secrets ?? [], !string.IsNullOrEmpty(page.NextPageToken));
    }

    protected override Task<NativeSecret> DescribeAsync(string native, CancellationToken cancellationToken) => client.GetSecretAsync(native, cancellationToken);

    protected override string NameOf(NativeSecret listed) => GoogleProperties.LastPart(listed.Name ?? "");

    // A listing names no versions. The service promises of it what it promises of a single secret's properties: agreement in the end.
    protected override bool IsOf(NativeSecret listed, NativeValue value) => true;

    protected override SecretException ErrorOf(Exception fault, SecretAddress? address) =>
        address is null ? errors.From(fault, "list", "secrets.list", null) : errors.From(fault, "describe", "secrets.get", address);
}
