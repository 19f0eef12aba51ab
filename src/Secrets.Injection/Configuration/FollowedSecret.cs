namespace Secrets;

/// <summary>One secret that configuration uses, with its last good state. Guarded by the lock of its <see cref="ConfigurationSecrets"/>.</summary>
internal sealed class FollowedSecret(SecretLookup lookup) : IDisposable
{
    private bool _isTakenWhole;
    // Most secrets have one text that refers to them, and a configuration has many secrets.
    private SecretTemplate? _template;
    private List<SecretTemplate>? _others;

    internal SecretLookup Lookup { get; } = lookup;

    /// <summary>The round of collecting that last named it.</summary>
    internal int Round { get; private set; }

    /// <summary>What references are resolved with: the last good secret, or the reason why there never was one. Null before the first try.</summary>
    internal SecretLookupResult? Answer { get; private set; }

    /// <summary>Why the latest try was not taken; null if it was.</summary>
    internal SecretException? Failure { get; private set; }

    internal bool HasSecret => Answer is { Secret: not null };

    internal IDisposable? Subscription { get; set; }

    internal bool IsSubscribed => Subscription is not null;

    /// <summary>Starts collecting what refers to it anew, once a round.</summary>
    internal void Begin(int round)
    {
        if (Round == round) return;
        Round = round;
        _template = null;
        _others = null;
        _isTakenWhole = false;
    }

    /// <summary>Notes a text that refers to it.</summary>
    internal void Add(SecretTemplate template)
    {
        if (_template is null) _template = template;
        else (_others ??= []).Add(template);
    }

    /// <summary>Notes somebody who takes whatever keys there are.</summary>
    internal void AddWhole() => _isTakenWhole = true;

    /// <summary>
    /// Takes an answer of the client, unless that would lose what works: a secret that was good stays when the store fails, denies, or loses
    /// it, and when its new version lacks a key that is in use. The whole secret stays then, so that keys of two versions never meet.
    /// </summary>
    internal void Take(SecretLookupResult answer)
    {
        SecretException? reason = ReasonToKeep(answer);
        Failure = reason ?? answer.Error;
        if (reason is null) Answer = answer;
    }

    /// <summary>Takes the same version of the same secret that another lookup gave.</summary>
    internal void Share(SecretLookupResult answer) => Answer = answer;

    public void Dispose() => Subscription?.Dispose();

    private SecretException? ReasonToKeep(SecretLookupResult answer)
    {
        if (Answer is not { Secret: { } good }) return null;
        if (answer.Secret is { } next) return References().FirstOrDefault(reference => IsLost(reference, good, next)) is { } lost ? KeyLost(good, next, lost) : null;

        // A default stands for "not there", so a secret that is gone gives way to it where everybody has one.
        bool givesWay = answer.Status == SecretReadStatus.NotFound && !_isTakenWhole && References().All(reference => reference.Default is not null);
        return givesWay ? null : answer.Error;
    }

    private IEnumerable<SecretReference> References() => (_template is null ? [] : (_others ?? []).Prepend(_template))
        .SelectMany(template => template.References).Where(reference => SecretReferenceRules.AreEqual(reference.Lookup, Lookup));

    private static bool IsLost(SecretReference reference, Secret good, Secret next) => reference.Default is null && Has(good, reference) && !Has(next, reference);

    private static bool Has(Secret secret, SecretReference reference) =>
        reference.Key is { } key ? secret.TryGetValue(key, out _) : secret.TryGetSingleValue(out _);

    private static SecretException KeyLost(Secret good, Secret next, SecretReference lost) => new(
        SecretErrorCode.KeyNotFound,
        $"The secret {next.Properties.Address} no longer gives '{lost.QualifiedName}' in version {next.Version}; version {good.Version} stays in use. Put the key back, or change what refers to it.")
    {
        Address = next.Properties.Address,
        Reason = "key-lost",
    };
}
