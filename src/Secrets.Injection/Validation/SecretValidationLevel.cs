namespace Secrets;

/// <summary>How far references are checked before anything runs.</summary>
public enum SecretValidationLevel
{
    /// <summary><c>NONE</c>: nothing is checked and no call is made.</summary>
    None = 0,

    /// <summary><c>SECRET_EXISTS</c>: each secret exists. Takes a permission to list or describe only; no value is read.</summary>
    SecretExists = 1,

    /// <summary>
    /// <c>SECRET_AND_KEY_EXISTS</c>, the default: each key exists too. Reads values only where the store does not keep key names apart from
    /// them.
    /// </summary>
    SecretAndKeyExists = 2,
}
