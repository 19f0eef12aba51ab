namespace Secrets;

/// <summary>How secrets are written down outside a store.</summary>
public enum SecretExchangeFormat
{
    /// <summary>A JSON object; bytes that are no text as <c>{"base64": "..."}</c>.</summary>
    Json = 0,

    /// <summary>Block YAML in which every text is double-quoted, so that none can turn into a number or a date; bytes as <c>!!binary</c>.</summary>
    Yaml = 1,

    /// <summary>
    /// Lines of <c>KEY='value'</c>. Of one secret, keys are names of variables and values are text without NUL; of many, each variable says where its
    /// pair belongs, and bytes are base64 under a variable that says so.
    /// </summary>
    Dotenv = 2,
}
