namespace Secrets;

/// <summary>How long the client answers from memory. Set with <c>ConfigureCache</c>; the defaults are meant to be right.</summary>
/// <remarks>
/// Freshness is absolute: counted from when the value was asked for, never from when it was last read. It is checked to the precision of
/// the timer, not on each read.
/// </remarks>
public sealed class SecretCacheOptions
{
    /// <summary>
    /// The tag by which a secret says how fresh its own value has to be, as <c>hh:mm:ss</c>: <c>freshness = 00:01:00</c>. What does not parse,
    /// or is under one second, is ignored.
    /// </summary>
    public const string FreshnessTag = "freshness";

    /// <value>
    /// How old a value may be. It is asked for again in the background at a uniformly random point in 50 to 100 % of it, if it was read since
    /// or is followed. 1 second to 24 hours. Default 5 minutes.
    /// </value>
    public TimeSpan Freshness { get; set; } = TimeSpan.FromMinutes(5);

    /// <value>
    /// Freshness for one secret, from its properties; null for the general rule. Comes before the secret's own <see cref="FreshnessTag"/>.
    /// Called when a value arrives. Default null.
    /// </value>
    public Func<SecretProperties, TimeSpan?>? FreshnessOf { get; set; }

    /// <value>How long "there is none" and "denied" are answered from memory. 0 to 5 minutes. Default 10 seconds.</value>
    public TimeSpan NegativeFreshness { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>
    /// How long after its freshness the last good value is served while the store fails; then reads fail with
    /// <see cref="SecretErrorCode.Stale"/>. 0 (never) to 7 days. Default 1 hour.
    /// </value>
    public TimeSpan MaxStale { get; set; } = TimeSpan.FromHours(1);

    /// <value>
    /// How long after a rotation the value before counts as still valid: what <c>UseSecretAsync</c> falls back to. 0 to 7 days. Default 1 hour.
    /// </value>
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromHours(1);

    /// <value>How long the client waits for a store before the call counts as <see cref="SecretErrorCode.TimedOut"/>. 1 second to 10 minutes. Default 30 seconds.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
