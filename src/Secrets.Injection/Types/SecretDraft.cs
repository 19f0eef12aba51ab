namespace Secrets;

/// <summary>
/// A secret that is ready to be created: what a type's parser makes from what the user has. Pass it to
/// <see cref="SecretDraftExtensions.CreateSecretAsync"/>.
/// </summary>
public sealed class SecretDraft
{
    internal SecretDraft(string name, SecretValues values, string type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Values = values;
        Options = new CreateSecretOptions { Type = type };
    }

    /// <summary>The secret's name.</summary>
    public string Name { get; internal set; }

    /// <summary>Its pairs.</summary>
    public SecretValues Values { get; }

    /// <summary>What it is besides: visibility, scope, description, tags. The type is set.</summary>
    public CreateSecretOptions Options { get; }

    /// <summary>What the user should be told: a line that was skipped, a host key that nobody confirmed. Never a value.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <value>
    /// The name was not given but made from a file or key: if it is taken, four random characters are put behind it. Default false.
    /// </value>
    public bool IsNameDefault { get; init; }

    /// <value>
    /// Refuse to create it if another secret of type <c>env</c> that the caller sees exports a variable of the same name. Default false;
    /// true for what <see cref="EnvironmentSecretType.FromPair"/> makes.
    /// </value>
    public bool RefuseDuplicateVariables { get; set; }

    /// <summary>Sets where its files will be: <c>/secrets/&lt;name&gt;</c> otherwise.</summary>
    /// <param name="directory">A directory; absolute for <c>mounted</c> and <c>ssh</c> types.</param>
    /// <returns>This draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not absolute.</exception>
    public SecretDraft MountAt(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        bool anchored = directory[0] is '/' || directory.StartsWith(SecretAttachment.BentoHome, StringComparison.Ordinal);
        if (!anchored && Options.Type != SecretTypes.File.Id)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The mount path of '{Name}' must be absolute, as in /secrets/{Name}.") { Reason = "mount-path" };
        Options.Tags[SecretInjectionTags.Path] = directory;
        return this;
    }

    /// <summary>Sets when it is there.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>This draft.</returns>
    public SecretDraft ForStage(SecretStage stage)
    {
        Options.Tags[SecretInjectionTags.Stage] = stage.ToString().ToLowerInvariant();
        return this;
    }

    /// <summary>Name, type and number of keys; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"SecretDraft({Name}, {Options.Type}, {Values.Count} keys)";
}
