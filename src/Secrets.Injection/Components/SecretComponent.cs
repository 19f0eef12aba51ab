namespace Secrets;

/// <summary>
/// A component whose attributes may refer to secrets, as a ZenML stack component's do: an experiment tracker with
/// <c>tracking_password = {{mlflow_secret.password}}</c>. A reference is checked with the others before a run, and resolved when the attribute
/// is read, never kept.
/// </summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class SecretComponent
{
    private readonly Dictionary<string, SecretTemplate> _templates = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>Makes a component.</summary>
    /// <param name="name">Its name, for reports.</param>
    /// <param name="attributes">Names and values: text, <see cref="SecretValue"/>, dictionaries, lists; others hold no references.</param>
    /// <param name="fields">What attributes may hold, by name; those not named are <see cref="SecretFieldKind.Text"/>.</param>
    /// <param name="options">Syntaxes and encoders; null for <see cref="SecretTemplateOptions.Default"/>.</param>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: a reference in a clear-text or validated field (reasons <c>clear-text-field</c>,
    /// <c>validated-field</c>); <see cref="SecretErrorCode.MalformedReference"/>.
    /// </exception>
    public SecretComponent(
        string name, IEnumerable<KeyValuePair<string, object?>> attributes, IReadOnlyDictionary<string, SecretFieldKind>? fields = null, SecretTemplateOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(attributes);
        Name = name;
        options ??= SecretTemplateOptions.Default;
        SecretAttributes.Visit(name, attributes, (path, text, value) => Add(path[(name.Length + 1)..], text, value, fields, options with { Path = path }));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The paths of the attributes that hold text: <c>tracking_password</c>, <c>headers.auth</c>, <c>hosts[0]</c>.</summary>
    public IReadOnlyCollection<string> Attributes => _templates.Keys;

    /// <summary>What is legal and yet unwise: plain text in a sensitive field. Names attributes, never values.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    internal IEnumerable<SecretTemplate> Templates => _templates.Values;

    /// <summary>Reads an attribute; its references are resolved now, and again at the next read.</summary>
    /// <param name="client">Finds the secrets.</param>
    /// <param name="attribute">The attribute's path.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The attribute's value.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.KeyNotFound"/>: the component has no such attribute (reason <c>attribute</c>).</exception>
    /// <exception cref="SecretResolutionException">A reference does not resolve; the message names attribute and secret.</exception>
    public async ValueTask<SecretValue> GetAsync(ISecretsClient client, string attribute, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(attribute);
        if (!_templates.TryGetValue(attribute, out SecretTemplate? template))
            throw new SecretException(SecretErrorCode.KeyNotFound, $"The component '{Name}' has no attribute '{attribute}' that holds text. It has: {string.Join(", ", _templates.Keys)}.") { Reason = "attribute" };
        return SecretValue.FromString(await client.ResolveAsync(template, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Name and number of attributes; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Name} ({_templates.Count} attributes)";

    private void Add(string attribute, string text, object value, IReadOnlyDictionary<string, SecretFieldKind>? fields, SecretTemplateOptions options)
    {
        SecretTemplate template = SecretTemplate.Parse(text, options);
        SecretFieldKind kind = fields?.GetValueOrDefault(attribute, SecretFieldKind.Text) ?? SecretFieldKind.Text;
        if (template.HasReferences && kind is SecretFieldKind.ClearText or SecretFieldKind.Validated) throw Refused(attribute, kind);
        if (!template.HasReferences && text.Length > 0 && kind == SecretFieldKind.Sensitive && value is string)
            _warnings.Add($"The attribute '{attribute}' of '{Name}' is sensitive and holds plain text. Put the text into a secret and refer to it: {{{{name.key}}}}.");
        _templates[attribute] = template;
    }

    private SecretException Refused(string attribute, SecretFieldKind kind)
    {
        bool clear = kind == SecretFieldKind.ClearText;
        string why = clear ? "is shown in clear text" : "is checked when it is set, which a reference would pass unseen";
        return new SecretException(SecretErrorCode.InvalidArgument, $"The attribute '{attribute}' of '{Name}' {why}, so it takes no reference to a secret. Write its text.")
        {
            Reason = clear ? "clear-text-field" : "validated-field",
        };
    }
}
