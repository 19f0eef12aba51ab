namespace Secrets;

/// <summary>One secret, and how it is to arrive. A name alone is enough: everything else comes from the secret's type and tags.</summary>
/// <param name="Lookup">Which secret.</param>
public sealed record SecretAttachment(SecretLookup Lookup)
{
    /// <summary>What BentoCloud's paths begin with.</summary>
    internal const string BentoHome = "$BENTOML_HOME";

    /// <value>As what it arrives; null for its tag <see cref="SecretInjectionTags.Delivery"/>, else by its type. Default null.</value>
    public SecretDelivery? Delivery { get; init; }

    /// <value>The name of the variable of a secret with a single value; null for the key, or the secret's name. Default null.</value>
    public string? Variable { get; init; }

    /// <value>Put before each variable that is a key's. Default empty.</value>
    public string VariablePrefix { get; init; } = "";

    /// <value>The directory of its files; null for its tag <see cref="SecretInjectionTags.Path"/>, else one of its own. Default null.</value>
    public string? Path { get; init; }

    /// <value>The directory of one key's file, below <see cref="Path"/>, by key. Default none.</value>
    public IReadOnlyDictionary<string, string> SubPaths { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <value>When it is there; null for its tag <see cref="SecretInjectionTags.Stage"/>, else while the work runs. Default null.</value>
    public SecretStage? Stage { get; init; }

    /// <value>Where it is attached: a variable of a nearer level beats one of a wider level without a conflict. Default <see cref="AttachmentLevel.Step"/>.</value>
    public AttachmentLevel Level { get; init; } = AttachmentLevel.Step;

    /// <summary>
    /// The secrets that a deployment's YAML attaches: the names listed under <c>secrets:</c> at its top, in order, each once. Everything else in
    /// the document is let be.
    /// </summary>
    /// <param name="yaml">The document, or several.</param>
    /// <returns>The attachments; none, if there is no <c>secrets:</c>.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/> (<c>attachments</c>): not YAML, or <c>secrets:</c> is not a list of names.
    /// </exception>
    public static IReadOnlyList<SecretAttachment> ListFromYaml(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return AttachmentYaml.Read(yaml);
    }

    /// <summary>A name, with everything else by default.</summary>
    /// <param name="name">The secret's name.</param>
    public static implicit operator SecretAttachment(string name) => new(new SecretLookup(name));
}
