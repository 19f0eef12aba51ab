namespace Secrets;

/// <summary>What a principal wants to do with a secret; what an <see cref="ISecretPolicy"/> decides about.</summary>
public enum SecretAction
{
    /// <summary>A program reads the value to use it: lookups, references, injection. Also seeing the secret in a listing.</summary>
    Use = 0,

    /// <summary>A person is shown the value (<c>secrets get --reveal</c>, a console).</summary>
    Reveal = 1,

    /// <summary>Writes a secret at an address that was free.</summary>
    Create = 2,

    /// <summary>Writes a new version, or changes name, visibility or properties.</summary>
    Update = 3,

    /// <summary>Deletes the secret or one of its versions.</summary>
    Delete = 4,

    /// <summary>
    /// Goes around the ordinary changes: brings a deleted secret back, deletes one for good, makes an earlier version current again. Asked besides what
    /// that does, which is to create, to delete, to update.
    /// </summary>
    Administer = 5,
}
