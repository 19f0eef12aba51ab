namespace Secrets;

/// <summary>What a passphrase slot costs to open.</summary>
public sealed class PassphraseOptions
{
    /// <summary>The fewest PBKDF2-HMAC-SHA-512 iterations that a slot is made or accepted with.</summary>
    public const int MinIterations = 210_000;

    /// <summary>The most that a slot is made or accepted with: a slot that somebody wrote must not be able to stall the host.</summary>
    public const int MaxIterations = 10_000_000;

    /// <value>
    /// How long opening should take on this machine; the iterations of a new slot are calibrated to it, between <see cref="MinIterations"/> and
    /// <see cref="MaxIterations"/>. Default 0.5 s; zero gives the minimum.
    /// </value>
    public TimeSpan TargetDuration { get; set; } = TimeSpan.FromSeconds(0.5);
}
