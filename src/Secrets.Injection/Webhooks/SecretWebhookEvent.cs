namespace Secrets;

/// <summary>What happened: the variables that a payload may use besides secrets. What an event does not have is blank.</summary>
public sealed record SecretWebhookEvent
{
    /// <value><c>${event_type}</c>. Default blank.</value>
    public string EventType { get; init; } = "";

    /// <value><c>${event_author}</c>. Default blank.</value>
    public string EventAuthor { get; init; } = "";

    /// <value><c>${project_name}</c>. Default blank.</value>
    public string ProjectName { get; init; } = "";

    /// <value><c>${entity_name}</c>. Default blank.</value>
    public string EntityName { get; init; } = "";

    /// <value><c>${alias}</c>, of an event about an alias. Default blank.</value>
    public string Alias { get; init; } = "";

    /// <value><c>${tag}</c>, of an event about a tag. Default blank.</value>
    public string Tag { get; init; } = "";

    /// <value><c>${artifact_collection_name}</c>. Default blank.</value>
    public string ArtifactCollectionName { get; init; } = "";

    /// <value><c>${artifact_version}</c>. Default blank.</value>
    public string ArtifactVersion { get; init; } = "";

    /// <value><c>${artifact_version_string}</c>. Default blank.</value>
    public string ArtifactVersionString { get; init; } = "";

    /// <value><c>${artifact_metadata.KEY}</c>: top-level keys, their values as text. Default none.</value>
    public IReadOnlyDictionary<string, string> ArtifactMetadata { get; init; } = new Dictionary<string, string>();

    internal const string Metadata = "artifact_metadata";

    internal static IReadOnlyList<string> VariableNames { get; } =
    [
        "alias", "artifact_collection_name", "artifact_version", "artifact_version_string", "entity_name", "event_author", "event_type", "project_name", "tag",
    ];

    internal string ValueOf(string variable) => variable switch
    {
        "alias" => Alias,
        "artifact_collection_name" => ArtifactCollectionName,
        "artifact_version" => ArtifactVersion,
        "artifact_version_string" => ArtifactVersionString,
        "entity_name" => EntityName,
        "event_author" => EventAuthor,
        "event_type" => EventType,
        "project_name" => ProjectName,
        _ => Tag,
    };
}
