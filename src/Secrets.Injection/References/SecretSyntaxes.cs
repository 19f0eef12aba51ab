namespace Secrets;

/// <summary>The ways to write a reference. Which ones are on is a setting wherever text is parsed; one that is off is text.</summary>
[Flags]
public enum SecretSyntaxes
{
    /// <summary>No references at all: everything is text.</summary>
    None = 0,

    /// <summary><c>{{name.key}}</c></summary>
    DoubleBraces = 1 << 0,

    /// <summary><c>&lt;&lt;name.key&gt;&gt;</c></summary>
    DoubleAngles = 1 << 1,

    /// <summary><c>${NAME}</c>: the only value of a secret.</summary>
    DollarBraces = 1 << 2,

    /// <summary><c>$&lt;NAME&gt;</c>: the only value of a secret.</summary>
    DollarAngles = 1 << 3,

    /// <summary>All four: the default in templates and payloads.</summary>
    All = DoubleBraces | DoubleAngles | DollarBraces | DollarAngles,

    /// <summary>The default in configuration: all but <c>${NAME}</c>, which NLog, log4net and shells own there.</summary>
    ConfigurationDefault = DoubleBraces | DoubleAngles | DollarAngles,
}
