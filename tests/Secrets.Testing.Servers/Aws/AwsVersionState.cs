namespace Secrets.Testing.Servers;

internal sealed class AwsVersionState(string id, string? text, byte[]? binary, DateTimeOffset created)
{
    public string Id => id;

    public string? Text => text;

    public byte[]? Binary => binary;

    public DateTimeOffset Created => created;

    public List<string> Stages { get; } = [];
}
