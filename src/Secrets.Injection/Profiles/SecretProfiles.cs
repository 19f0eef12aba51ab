namespace Secrets;

/// <summary>The profiles that come with the library.</summary>
public static class SecretProfiles
{
    private static readonly SecretTextRule Identifier = new()
    {
        Characters = SecretTextRule.LettersAndDigits + "_",
        First = SecretTextRule.Letters + "_",
        Words = "letters, digits and _, and begins with a letter or _",
    };

    /// <summary>The union of all, with the safest rule where two disagree. What applies without <c>UseProfile</c>.</summary>
    public static SecretProfile Default { get; } = new("default") { ScopesAreOpen = true };

    /// <summary>MosaicML's mcli: a user's own, immutable, never shown again.</summary>
    public static SecretProfile Mosaic { get; } = new("mosaic")
    {
        Names = new SecretTextRule
        {
            Characters = SecretTextRule.LowerCase + SecretTextRule.Digits + ".-",
            First = SecretTextRule.LowerCase + SecretTextRule.Digits,
            Last = SecretTextRule.LowerCase + SecretTextRule.Digits,
            Words = "a-z 0-9 . -, and begins and ends with a letter or digit",
        },
        Verbs = SecretVerbs.Create | SecretVerbs.List | SecretVerbs.Delete,
        ScopeKinds = ["team"],
        Syntaxes = SecretSyntaxes.None,
        ListColumns = [SecretColumn.Of(SecretField.Name), SecretColumn.Of(SecretField.Type)],
    };

    /// <summary>Weights and Biases' secret manager: the team's, one value each, written and rotated by admins, never shown again.</summary>
    public static SecretProfile WeightsAndBiases { get; } = new("wandb")
    {
        Names = new SecretTextRule
        {
            Characters = SecretTextRule.LettersAndDigits + "_",
            First = SecretTextRule.LettersAndDigits + "_",
            Words = "letters, digits and _",
        },
        Verbs = SecretVerbs.All & ~SecretVerbs.Reveal,
        ScopeKinds = ["team"],
        Syntaxes = SecretSyntaxes.DollarBraces,
        IsSingleValued = true,
        ListColumns = [SecretColumn.Of(SecretField.Name, "Name")],
    };

    /// <summary>ZenML: pairs under identifiers, private before public, at step, pipeline, stack and component.</summary>
    public static SecretProfile ZenMl { get; } = new("zenml")
    {
        Names = new SecretTextRule { Characters = SecretTextRule.LettersAndDigits + "_-./", Reserved = ["name"], Words = "letters, digits and _ - . /, and begins with a letter, digit or _" },
        Keys = Identifier with { AllowsAnyLetter = true, Reserved = ["name"] },
        ScopeKinds = ["step", "pipeline", "stack", "component", "team"],
        Syntaxes = SecretSyntaxes.DoubleBraces,
        ListColumns = [SecretColumn.Of(SecretField.Id, "id"), SecretColumn.Of(SecretField.Name, "name")],
    };

    /// <summary>BentoCloud: pairs whose keys stay as they were created, one name for each cluster.</summary>
    public static SecretProfile Bento { get; } = new("bento")
    {
        ScopeKinds = ["cluster", "team"],
        Syntaxes = SecretSyntaxes.None,
        KeysAreFixed = true,
        ListColumns =
        [
            SecretColumn.Of(SecretField.Name, "Secret"),
            SecretColumn.Of(SecretField.Created, "Created_At"),
            new SecretColumn("Mount_As", Tag: SecretInjectionTags.Delivery) { Missing = "variables" },
            new SecretColumn("Stage", Tag: SecretInjectionTags.Stage) { Missing = "runtime" },
            SecretColumn.Of(SecretField.Keys, "Keys"),
            new SecretColumn("Path", Tag: SecretInjectionTags.Path),
            SecretColumn.Of(SecretField.Scope, "Cluster"),
        ],
    };

    /// <summary>Paperspace Gradient: one value of up to 8,192 chars at project, cluster or team; never shown again.</summary>
    public static SecretProfile Paperspace { get; } = new("paperspace")
    {
        Names = Identifier with { MaxLength = 128, First = SecretTextRule.Letters, Words = "letters, digits and _, and begins with a letter" },
        Verbs = SecretVerbs.All & ~SecretVerbs.Reveal,
        Syntaxes = SecretSyntaxes.None,
        MinValueLength = 1,
        MaxValueLength = 8192,
        IsSingleValued = true,
        ListColumns = [SecretColumn.Of(SecretField.Name, "Name")],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecretProfile> All { get; } = [Default, Mosaic, WeightsAndBiases, ZenMl, Bento, Paperspace];

    /// <summary>The profile of a word.</summary>
    /// <param name="id">The word, in any case.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>profile</c>): there is none; the message lists them.</exception>
    public static SecretProfile Get(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return All.FirstOrDefault(profile => string.Equals(profile.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new SecretException(SecretErrorCode.InvalidArgument, $"There is no such profile. The profiles are: {string.Join(", ", All)}.") { Reason = "profile" };
    }
}
