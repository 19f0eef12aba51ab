namespace Secrets.Quickstart;

internal sealed class OpenAiOptions
{
    public SecretValue? ApiKey { get; set; }

    public string? Organization { get; set; }
}
