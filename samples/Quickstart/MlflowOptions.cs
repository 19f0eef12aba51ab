namespace Secrets.Quickstart;

internal sealed class MlflowOptions
{
    public string? Uri { get; set; }

    public string? Experiment { get; set; }
}
