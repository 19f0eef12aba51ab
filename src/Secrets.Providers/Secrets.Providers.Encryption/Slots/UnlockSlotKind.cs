namespace Secrets;

/// <summary>What opens a slot. The numbers are part of the stored format.</summary>
public enum UnlockSlotKind
{
    /// <summary>A 32-byte random key: from a key file, an environment variable, a systemd credential.</summary>
    Key = 1,

    /// <summary>A passphrase, through PBKDF2.</summary>
    Passphrase = 2,

    /// <summary>A key that never leaves another system (a KMS), through <see cref="IRootKeyProtector"/>.</summary>
    External = 3,
}
