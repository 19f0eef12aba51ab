namespace Secrets;

/// <summary>
/// A way to come by the key of an unlock slot: a key file, an environment variable, a systemd credential, a passphrase, a KMS. Creates its
/// slot, and opens it again.
/// </summary>
/// <remarks>Thread-safe. A method reads its key each time it is asked and keeps nothing.</remarks>
public abstract class UnlockMethod
{
    /// <summary>The kind of slot that it opens.</summary>
    public abstract UnlockSlotKind Kind { get; }

    /// <summary>Where the key comes from, for people: <c>key file /etc/app.key</c>. Never a secret.</summary>
    public abstract string Label { get; }

    /// <summary>
    /// A key file with mode 0600. Creating a slot creates the file if it is not there; an existing one is used, never overwritten. A file that was
    /// created stays, even if what it was for fails: something may open with it by then, and the next try uses it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod KeyFile(string path) => new KeyFileUnlock(path, PhysicalFileOperations.Instance);

    /// <summary>An environment variable that holds the text of a key file (<see cref="KeyText"/>).</summary>
    /// <param name="variable">Its name.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod EnvironmentVariable(string variable) => new EnvironmentVariableUnlock(variable);

    /// <summary>A file in systemd's credential directory (<c>LoadCredential=</c>, <c>LoadCredentialEncrypted=</c>), which holds the text of a key file.</summary>
    /// <param name="name">The credential's name.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod SystemdCredential(string name) => new SystemdCredentialUnlock(name);

    /// <summary>A passphrase.</summary>
    /// <param name="passphrase">The passphrase; not empty.</param>
    /// <param name="options">Its cost; null for the defaults.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod Passphrase(SecretValue passphrase, PassphraseOptions? options = null) =>
        new PassphraseUnlock(_ => ValueTask.FromResult<SecretValue?>(passphrase), "passphrase", options);

    /// <summary>A passphrase that is asked for when it is needed.</summary>
    /// <param name="ask">Gives it, or null if there is none.</param>
    /// <param name="label">Where it comes from, for people.</param>
    /// <param name="options">Its cost; null for the defaults.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod Passphrase(Func<CancellationToken, ValueTask<SecretValue?>> ask, string label = "passphrase", PassphraseOptions? options = null) =>
        new PassphraseUnlock(ask, label, options);

    /// <summary>A key that never leaves another system.</summary>
    /// <param name="protector">The other system.</param>
    /// <returns>The method.</returns>
    public static UnlockMethod External(IRootKeyProtector protector) => new ExternalUnlock(protector);

    /// <summary>Makes a slot that this method opens.</summary>
    /// <param name="keys">The store's keys.</param>
    /// <param name="createdOn">Now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The slot.</returns>
    /// <exception cref="SecretException">The key cannot be had; the reason says why.</exception>
    public abstract ValueTask<UnlockSlot> CreateSlotAsync(KeyHierarchy keys, DateTimeOffset createdOn, CancellationToken cancellationToken);

    /// <summary>Opens a slot of its kind.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The root key; null if this is not the slot's key, or the slot is damaged.</returns>
    /// <exception cref="SecretException">The key cannot be had; the reason says why.</exception>
    public abstract ValueTask<SealingKey?> TryOpenSlotAsync(Guid storeId, UnlockSlot slot, CancellationToken cancellationToken);

    /// <summary><see cref="Label"/>.</summary>
    /// <returns>The label.</returns>
    public override string ToString() => Label;
}
