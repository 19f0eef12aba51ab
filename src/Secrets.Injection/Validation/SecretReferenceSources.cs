using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>
/// Everything that a program refers to secrets from: texts, files, configuration, options objects, components. Collected first and checked
/// at once with <c>client.ValidateAsync(sources)</c>, so that there is one report and no secret is asked for twice. Text that does not parse
/// is part of the report.
/// </summary>
/// <remarks>Filled by one thread.</remarks>
/// <param name="options">Syntaxes and encoders of all texts but configuration; null for <see cref="SecretTemplateOptions.Default"/>.</param>
public sealed class SecretReferenceSources(SecretTemplateOptions? options = null)
{
    private readonly SecretTemplateOptions _options = options ?? SecretTemplateOptions.Default;
    private readonly List<SecretReference> _references = [];
    private readonly List<SecretReferenceProblem> _malformed = [];

    /// <summary>The references found so far.</summary>
    public IReadOnlyList<SecretReference> References => _references;

    /// <summary>What did not parse so far.</summary>
    public IReadOnlyList<SecretReferenceProblem> Malformed => _malformed;

    /// <summary>Adds templates that were parsed already.</summary>
    /// <param name="templates">The templates.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddTemplates(params IEnumerable<SecretTemplate> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        _references.AddRange(templates.SelectMany(template => template.References));
        return this;
    }

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text; null adds nothing.</param>
    /// <param name="path">What holds it, for the report: an attribute, a setting.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddText(string? text, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return text is null ? this : Add(text, SecretTemplateMode.Text, _options with { Path = path });
    }

    /// <summary>Adds a file: JSON, YAML, dotenv or text, as its name says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What kind of document it is; null to go by its name.</param>
    /// <returns>These sources.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the file cannot be read (reason <c>file</c>).</exception>
    public SecretReferenceSources AddFile(string path, SecretTemplateMode? mode = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        SecretTemplateMode chosen = mode ?? SecretTemplateMode.ForFile(path);
        SecretTemplateOptions parsing = chosen == SecretTemplateMode.Dotenv && options is null ? SecretTemplateOptions.Configuration : _options;
        try
        {
            return Add(File.ReadAllText(path), chosen, parsing with { Source = path });
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The file '{path}' cannot be read for its references: {unreadable.Message}", unreadable) { Reason = "file" };
        }
    }

    /// <summary>
    /// Adds every value of a configuration, with the syntaxes of <see cref="SecretTemplateOptions.Configuration"/>. For one that still holds its
    /// references; a host that called <c>AddSecrets</c> checks its own.
    /// </summary>
    /// <param name="configuration">The configuration, or a section.</param>
    /// <param name="templateOptions">Other syntaxes; null for those of configuration.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddConfiguration(IConfiguration configuration, SecretTemplateOptions? templateOptions = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        templateOptions ??= SecretTemplateOptions.Configuration;
        foreach ((string key, string? value) in configuration.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (value is not null) Add(value, SecretTemplateMode.Text, templateOptions with { Path = key });
        }

        return this;
    }

    /// <summary>Adds the texts of an options object and of the objects below it, as its shape names them: no reflection.</summary>
    /// <typeparam name="T">The type of the options.</typeparam>
    /// <param name="instance">The options; null adds nothing.</param>
    /// <param name="shape">Which members hold text.</param>
    /// <param name="path">What the report calls the object. Default the type's name.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddOptions<T>(T? instance, SecretOptionsShape<T> shape, string? path = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (instance is not null) shape.Visit(instance, path ?? typeof(T).Name, (text, place) => AddText(text, place), new HashSet<object>(ReferenceEqualityComparer.Instance));
        return this;
    }

    /// <summary>Adds the attributes of components.</summary>
    /// <param name="components">The components.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddComponents(params IEnumerable<SecretComponent> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        foreach (SecretComponent component in components)
            AddTemplates(component.Templates);
        return this;
    }

    /// <summary>Adds a dictionary of settings, nested ones and lists included: a component of which nothing but its attributes is known.</summary>
    /// <param name="name">What the report calls it.</param>
    /// <param name="attributes">Names and values: text, <see cref="SecretValue"/>, dictionaries, lists; others hold no references.</param>
    /// <returns>These sources.</returns>
    public SecretReferenceSources AddDictionary(string name, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(attributes);
        SecretAttributes.Visit(name, attributes, (path, text, _) => AddText(text, path));
        return this;
    }

    private SecretReferenceSources Add(string text, SecretTemplateMode mode, SecretTemplateOptions parsing)
    {
        SecretPlace place = new(parsing.Source, parsing.Path, 0, 1, 1);
        SecretTemplate? template = SecretTemplate.ParseLeniently(text, mode, parsing, malformed => _malformed.Add(SecretProblems.Malformed(malformed, place)));
        if (template is not null) _references.AddRange(template.References);
        return this;
    }
}
