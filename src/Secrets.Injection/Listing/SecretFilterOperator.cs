namespace Secrets;

/// <summary>How a filter compares. The word before the colon is the member's name in lower case.</summary>
public enum SecretFilterOperator
{
    /// <summary>Exactly this. The one that applies without a word.</summary>
    Equals = 0,

    /// <summary>Anything but this.</summary>
    NotEquals = 1,

    /// <summary>Contains this text.</summary>
    Contains = 2,

    /// <summary>Begins with this text.</summary>
    StartsWith = 3,

    /// <summary>Ends with this text.</summary>
    EndsWith = 4,

    /// <summary>Greater, or later.</summary>
    Gt = 5,

    /// <summary>Greater or equal, or not before.</summary>
    Gte = 6,

    /// <summary>Less, or earlier.</summary>
    Lt = 7,

    /// <summary>Less or equal, or not after.</summary>
    Lte = 8,

    /// <summary>One of a JSON list of texts.</summary>
    OneOf = 9,

    /// <summary>None of a JSON list of texts.</summary>
    NotOneOf = 10,

    /// <summary>The secret has none. Takes no text.</summary>
    IsEmpty = 11,

    /// <summary>The secret has one. Takes no text.</summary>
    IsNotEmpty = 12,

    /// <summary>Between two instants, both included: <c>in:2030-01-01 00:00:00,2030-02-01 00:00:00</c>.</summary>
    In = 13,
}
