namespace Secrets;

/// <summary>How environment variables are read as secrets.</summary>
public sealed class EnvironmentSecretStoreOptions
{
    /// <value>The store's name in errors and traces. Default <c>environment</c>.</value>
    public string Name { get; set; } = "environment";

    /// <value>What the variables begin with; it is not part of a secret's name. Empty for all variables. Default empty.</value>
    public string Prefix { get; set; } = "";

    /// <value>Gives the variables; null for those of this process, read anew each time. Default null.</value>
    public Func<IReadOnlyDictionary<string, string>>? Variables { get; set; }
}
