namespace Secrets.Testing.Servers;

internal sealed class AwsSecretState(string name, string arn, DateTimeOffset created)
{
    public string Name => name;

    public string Arn => arn;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Changed { get; set; } = created;

    public DateTimeOffset? Deleted { get; set; }

    public string Description { get; set; } = "";

    public string? KmsKeyId { get; set; }

    public Dictionary<string, string> Tags { get; } = [];

    public List<AwsVersionState> Versions { get; } = [];

    public AwsVersionState? WithStage(string stage) => Versions.Find(version => version.Stages.Contains(stage));

    /// <summary>Whether it is a copy of another region's, which can be read only.</summary>
    public bool IsReplica { get; private init; }

    /// <summary>The same secret in another region: same name, ids, labels and tags; the ARN is that region's.</summary>
    public AwsSecretState ReplicaIn(string from, string to)
    {
        AwsSecretState replica = new(Name, Arn.Replace(from, to, StringComparison.Ordinal), Created) { IsReplica = true, Changed = Changed, Description = Description };
        foreach ((string key, string value) in Tags)
            replica.Tags[key] = value;
        foreach (AwsVersionState version in Versions)
        {
            AwsVersionState copy = new(version.Id, version.Text, version.Binary, version.Created);
            copy.Stages.AddRange(version.Stages);
            replica.Versions.Add(copy);
        }

        return replica;
    }

    /// <summary>Puts a label on a version, taking it from where it was; the one that loses AWSCURRENT becomes AWSPREVIOUS.</summary>
    public void Move(string stage, AwsVersionState to)
    {
        AwsVersionState? from = WithStage(stage);
        if (from == to)
            return;
        from?.Stages.Remove(stage);
        to.Stages.Add(stage);
        if (stage == "AWSCURRENT" && from is not null)
        {
            WithStage("AWSPREVIOUS")?.Stages.Remove("AWSPREVIOUS");
            from.Stages.Add("AWSPREVIOUS");
        }
    }
}
