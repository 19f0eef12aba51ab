namespace Secrets.Snippets;

public sealed class MlflowOptions
{
    public string? Uri { get; set; }

    public SecretValue? ApiKey { get; set; }

    public string? Token { get; set; }
}
