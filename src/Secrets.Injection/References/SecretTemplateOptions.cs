namespace Secrets;

/// <summary>How a text is parsed.</summary>
/// <remarks>Immutable, so that one instance can be shared by any number of threads and templates.</remarks>
public sealed record SecretTemplateOptions
{
    /// <summary>All four syntaxes, the built-in encoders, no source.</summary>
    public static SecretTemplateOptions Default { get; } = new();

    /// <summary>What configuration uses: <see cref="SecretSyntaxes.ConfigurationDefault"/>.</summary>
    public static SecretTemplateOptions Configuration { get; } = new() { Syntaxes = SecretSyntaxes.ConfigurationDefault };

    /// <value>The syntaxes that are on. Default <see cref="SecretSyntaxes.All"/>.</value>
    public SecretSyntaxes Syntaxes { get; init; } = SecretSyntaxes.All;

    /// <value>The encoders that a reference may name. Default the built-in ones.</value>
    public SecretEncoders Encoders { get; init; } = SecretEncoders.Default;

    /// <value>Where the text comes from, for errors and reports: a file's path. Null for unnamed text. Default null.</value>
    public string? Source { get; init; }

    /// <value>
    /// What holds the text inside its source, for errors and reports: a configuration path (<c>Mlflow:Uri</c>), an attribute, a property. When
    /// set, a place is shown as the path and not as line and column. Default null.
    /// </value>
    public string? Path { get; init; }

    /// <value>Whether <c>${NAME.key}</c> is a reference too, as in the payload of a webhook. Default false.</value>
    internal bool TakesDottedNames { get; init; }
}
