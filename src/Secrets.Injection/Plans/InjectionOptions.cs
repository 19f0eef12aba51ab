using System.Collections;

namespace Secrets;

/// <summary>How a plan is made.</summary>
public sealed class InjectionOptions
{
    /// <value>The types that the host knows. Default the built-in ones.</value>
    public SecretTypeRegistry Types { get; set; } = SecretTypeRegistry.Default;

    /// <value>
    /// Variables that are not attached secrets. A value <c>secret:NAME</c> is that secret's single value; references in a value are resolved; a
    /// name <c>__ZENML__X</c> means <c>X</c>. An attached secret beats one of the same name. Default none.
    /// </value>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <value>Dotenv files whose pairs are read as <see cref="Variables"/>; a later one wins, and <see cref="Variables"/> over all. Default none.</value>
    public IList<string> EnvFiles { get; } = [];

    /// <value>Which references in variables are resolved. Default all but <c>${NAME}</c>, which shells own.</value>
    public SecretSyntaxes Syntaxes { get; set; } = SecretSyntaxes.ConfigurationDefault;

    /// <value>Names that are set although they steer the system or a runtime, such as <c>PATH</c>. Default none.</value>
    public ISet<string> AllowedVariables { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <value>What the work needs. Missing ones are one error before anything starts. Default none.</value>
    public IList<RequiredVariable> RequiredVariables { get; } = [];

    /// <value>Which secrets arrive: those of the stage, and those of all stages. Default <see cref="SecretStage.Runtime"/>.</value>
    public SecretStage Stage { get; set; } = SecretStage.Runtime;

    /// <value>Where files are planned to be, absolute. A mount may put them elsewhere. Default <c>/secrets</c>.</value>
    public string MountRoot { get; set; } = "/secrets";

    /// <value>
    /// What <c>$BENTOML_HOME</c> in paths stands for; secrets that arrive as files must stay below it, after <c>..</c> and links. Null for the
    /// environment variable <c>BENTOML_HOME</c>; where that is not set either, such files are below <see cref="MountRoot"/>. Default null.
    /// </value>
    public string? BentoHome { get; set; }

    /// <value>
    /// Variables that the work inherits, which satisfy <see cref="RequiredVariables"/> too. Null for those of this process; empty for a container.
    /// Default null.
    /// </value>
    public IReadOnlySet<string>? InheritedVariables { get; set; }

    internal IReadOnlySet<string> Inherited => InheritedVariables
        ?? Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => (string)entry.Key).ToHashSet(StringComparer.Ordinal);
}
