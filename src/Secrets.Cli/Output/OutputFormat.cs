namespace Secrets.Cli.Output;

/// <summary>How an answer is written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs; documented and stable.</summary>
    Json,

    /// <summary>The same fields as YAML.</summary>
    Yaml,

    /// <summary>Lists only: comma-separated, with a header.</summary>
    Csv,

    /// <summary>Lists only: tab-separated, with a header.</summary>
    Tsv,
}
