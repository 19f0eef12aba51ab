namespace Secrets.Quickstart;

internal sealed class ServingOptions
{
    public SecretValue? Token { get; set; }

    public SecretValue? Notes { get; set; }
}
