namespace Secrets;

/// <summary>A text form in which another world reads variables.</summary>
public enum SecretExportFormat
{
    /// <summary>A dotenv file (Docker's <c>--env-file</c> does not read quotes; Compose, python-dotenv and our own reader do).</summary>
    DotEnv = 0,

    /// <summary><c>export NAME='value'</c> lines for a POSIX shell.</summary>
    Shell = 1,

    /// <summary>One JSON object of names and texts.</summary>
    Json = 2,

    /// <summary>One YAML mapping of names and texts.</summary>
    Yaml = 3,

    /// <summary>A Kubernetes <c>Secret</c> manifest: variables under their names, files under <c>&lt;directory&gt;.&lt;path&gt;</c>.</summary>
    KubernetesSecret = 4,

    /// <summary>Workflow commands that make GitHub Actions mask every value, line by line.</summary>
    GitHubActionsMasks = 5,

    /// <summary>Lines to append to the file that <c>$GITHUB_ENV</c> names.</summary>
    GitHubActionsEnvironment = 6,
}
