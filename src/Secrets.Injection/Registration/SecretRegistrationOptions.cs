namespace Secrets;

/// <summary>How a registration goes about it.</summary>
public sealed record SecretRegistrationOptions
{
    /// <value>Whether what is there already is not asked for. Default false: it is asked for, and no answer keeps it.</value>
    public bool SkipExisting { get; init; }

    /// <value>What new secrets are: visibility, scope, description. Default a public secret at team scope.</value>
    public CreateSecretOptions? NewSecrets { get; init; }
}
