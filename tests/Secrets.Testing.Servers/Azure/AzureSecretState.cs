namespace Secrets.Testing.Servers;

internal sealed class AzureSecretState(string name)
{
    public string Name => name;

    /// <summary>Oldest first; the last one is what a read without a version gives.</summary>
    public List<AzureVersionState> Versions { get; } = [];

    public DateTimeOffset? Deleted { get; set; }

    public AzureVersionState Current => Versions[^1];
}
