using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>Description, tags and times: of many secrets by <c>ListSecrets</c>, of one by <c>DescribeSecret</c>.</summary>
internal sealed class AwsDescriptions(AwsClient client, AwsErrors errors, SideBySide calls) : NativeDescriptions<NativeSecret>(calls)
{
    private const int MaxPage = 100;

    protected override async Task<(IReadOnlyList<NativeSecret> Items, bool HasMore)> ListAsync(IReadOnlyList<string> beginnings, CancellationToken cancellationToken)
    {
        NativeFilter[]? filters = beginnings.Contains("") ? null : [new NativeFilter("name", beginnings)];
        ListSecretsResponse page = await client.ListSecretsAsync(new ListSecretsRequest(MaxPage, null, filters, false), cancellationToken).ConfigureAwait(false);
        return (page.SecretList ?? [], page.NextToken is not null);
    }

    protected override Task<NativeSecret> DescribeAsync(string native, CancellationToken cancellationToken) =>
        client.DescribeSecretAsync(new SecretIdRequest(native), cancellationToken);

    protected override string NameOf(NativeSecret listed) => listed.Name;

    // A listing may lag by five minutes, and says by the version that it calls current how far it has come: a write sets properties first.
    protected override bool IsOf(NativeSecret listed, NativeValue value) => AwsProperties.CurrentOf(listed) == value.Version;

    protected override SecretException ErrorOf(Exception fault, SecretAddress? address) =>
        address is null ? errors.From(fault, "list", "ListSecrets", null) : errors.From(fault, "describe", "DescribeSecret", address);
}
