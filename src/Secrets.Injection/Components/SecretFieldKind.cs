namespace Secrets;

/// <summary>What an attribute of a component may hold.</summary>
public enum SecretFieldKind
{
    /// <summary>Plain text or references, as the user likes.</summary>
    Text = 0,

    /// <summary>Something secret: plain text in it is worth a warning.</summary>
    Sensitive = 1,

    /// <summary>Shown to everyone and stored as it is: references are refused.</summary>
    ClearText = 2,

    /// <summary>Checked by the component's own rule when it is registered, which a reference would pass unseen: references are refused.</summary>
    Validated = 3,
}
