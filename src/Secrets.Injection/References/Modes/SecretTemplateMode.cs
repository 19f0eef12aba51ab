namespace Secrets;

/// <summary>What kind of document a template is, and so how values are encoded for where they stand.</summary>
public enum SecretTemplateMode
{
    /// <summary>Plain text: values stand as they are, unless a reference names an encoder.</summary>
    Text = 0,

    /// <summary>JSON: references stand in strings and property names, and values are encoded for them.</summary>
    Json = 1,

    /// <summary>YAML: references stand in scalars, keys included; a scalar with a reference becomes a double-quoted one.</summary>
    Yaml = 2,

    /// <summary>dotenv: references stand in values; a value with a reference becomes a double-quoted one.</summary>
    Dotenv = 3,
}
