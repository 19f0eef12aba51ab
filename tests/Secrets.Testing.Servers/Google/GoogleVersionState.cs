namespace Secrets.Testing.Servers;

internal sealed class GoogleVersionState(int number, byte[] data, DateTimeOffset created)
{
    public int Number => number;

    public byte[] Data { get; set; } = data;

    public DateTimeOffset Created => created;

    public DateTimeOffset? Destroyed { get; set; }

    /// <summary>When it will be destroyed, if nobody enables it before.</summary>
    public DateTimeOffset? DestroyOn { get; set; }

    public string State { get; set; } = "ENABLED";
}
