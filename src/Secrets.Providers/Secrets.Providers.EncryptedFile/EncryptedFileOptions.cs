namespace Secrets;

/// <summary>Where an encrypted file store is, what opens it, and how it behaves. Read once, when the store is opened.</summary>
public sealed class EncryptedFileOptions
{
    /// <summary>The scheme of a store URL: <c>encrypted-file:///var/lib/app/app.secrets</c>.</summary>
    public const string UrlScheme = "encrypted-file";

    /// <summary>Makes options.</summary>
    /// <param name="path">The file, or its URL (<c>encrypted-file:///path</c>).</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not a path or such a URL.</exception>
    public EncryptedFileOptions(string path) => Path = StorePath.Parse(path);

    /// <value>The file's full path. It must not be a link.</value>
    public string Path { get; }

    /// <value>
    /// What opens the store, tried in order; any one suffices. All of them get a slot when the store is created. Default none, which means
    /// what the environment offers: <c>SECRETS_KEY_FILE</c>, <c>SECRETS_KEY</c>, <c>SECRETS_PASSPHRASE_FILE</c>, <c>SECRETS_PASSPHRASE</c>, the
    /// systemd credential <c>secrets-key</c>, else the key file beside the store (<c>app.secrets.key</c>). Files that others can read are refused.
    /// </value>
    public IList<UnlockMethod> Unlock { get; } = [];

    /// <value>Whether opening makes the store if there is no file. Default false: a wrong path should be noticed.</value>
    public bool CreateIfMissing { get; set; }

    /// <value>What <see cref="ISecretStore.Name"/> is. Default <c>encrypted-file:</c> and the file's name.</value>
    public string? Name { get; set; }

    /// <value>Dates and polling. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <value>Where the newest state is remembered. Default null: a <see cref="FileRollbackAnchor"/> in the user's state directory.</value>
    public IRollbackAnchor? Anchor { get; set; }

    /// <value>What to do when the store is older than remembered. Default <see cref="RollbackPolicy.Fail"/>.</value>
    public RollbackPolicy RollbackPolicy { get; set; }

    /// <value>
    /// How many versions of a secret this opener keeps when it writes, the current one included; the oldest previous ones are destroyed first. 2 or
    /// more. Default null: what the store says (<see cref="EncryptedFileMaintenance.SetRetentionAsync"/>), and 100 if it says nothing. A store that is
    /// created with a number says that number from then on.
    /// </value>
    public int? MaxVersions { get; set; }

    /// <value>
    /// How long this opener keeps a previous version, counted from when it was written and applied when its secret is next written. Above zero, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit whatever the store says. Default null: what the store says, and no limit if it says
    /// nothing. A store that is created with an age says that age from then on.
    /// </value>
    public TimeSpan? MaxVersionAge { get; set; }

    /// <value>How long a write waits while another process holds the file's lock. Default 10 s.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>
    /// How often the file is looked at for what other processes wrote, and for whether one that was wrong is right again; each look is a few
    /// file-status calls and a read of eight bytes. Reads look by themselves. 10 ms to 1 minute; default 250 ms.
    /// </value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value>
    /// From how many bytes on the file is compacted by itself once more than half of it is of no use any more; null for never. Default 4 MiB.
    /// </value>
    public long? CompactFromBytes { get; set; } = 4 * 1024 * 1024;

    /// <value>
    /// Hears of what is wrong but stops nothing: a rollback under <see cref="RollbackPolicy.Warn"/>, an anchor that cannot be written, read or compared, a
    /// slot that could not be overwritten, a compaction that failed. Called from any thread; what it throws itself is
    /// not heard by anybody. Default null.
    /// </value>
    public Action<SecretException>? OnWarning { get; set; }

    /// <summary>How many data keys a key rotation seals anew in one commit.</summary>
    internal int RewrapBatch { get; set; } = 1000;

    /// <summary>How much a writer has written when it begins to reserve space ahead.</summary>
    internal int ReserveFromBytes { get; set; } = 16 * 1024;

    internal IFileOperations Files { get; set; } = PhysicalFileOperations.Instance;

    internal string StoreName => Name ?? $"{UrlScheme}:{System.IO.Path.GetFileName(Path)}";

    /// <summary>Tells what is wrong. It is told from timers and in the middle of commits, so whoever hears it cannot stop those.</summary>
    internal void Warn(SecretException warning)
    {
        try
        {
            OnWarning?.Invoke(warning);
        }
        catch (Exception)
        {
            // The callback's own fault, and there is nobody here to tell of it.
        }
    }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (MaxVersions is { } versions)
            ArgumentOutOfRangeException.ThrowIfLessThan(versions, 2, nameof(MaxVersions));
        ArgumentOutOfRangeException.ThrowIfLessThan(LockTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PollInterval, TimeSpan.FromMinutes(1));
        if (MaxVersionAge is { } age && age != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(age, TimeSpan.Zero, nameof(MaxVersionAge));
        if (!Enum.IsDefined(RollbackPolicy))
            throw new ArgumentOutOfRangeException(nameof(RollbackPolicy));
    }
}
