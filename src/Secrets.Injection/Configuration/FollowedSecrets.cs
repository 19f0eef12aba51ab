namespace Secrets;

/// <summary>The secrets that configuration uses. Guarded by the lock of its <see cref="ConfigurationSecrets"/>.</summary>
internal sealed class FollowedSecrets(ISecretsClient client, Action onChange) : IDisposable
{
    private readonly Dictionary<SecretLookup, FollowedSecret> _followed = new(SecretLookupComparer.Instance);
    private bool _hasAliases;
    private int _round;

    internal int Count => _followed.Count;

    /// <summary>Asks everybody what they need, and forgets what nobody needs any more.</summary>
    internal void Collect(IReadOnlyList<ISecretConsumer> consumers)
    {
        _round++;
        _hasAliases = false;
        foreach (ISecretConsumer consumer in consumers)
            consumer.Collect(this);
        foreach (FollowedSecret unused in _followed.Values.Where(followed => followed.Round != _round).ToArray())
        {
            _followed.Remove(unused.Lookup);
            unused.Dispose();
        }
    }

    /// <summary>The secret that a lookup gives, for a consumer that collects.</summary>
    internal FollowedSecret Need(SecretLookup lookup)
    {
        if (!_followed.TryGetValue(lookup, out FollowedSecret? followed)) _followed.Add(lookup, followed = new FollowedSecret(lookup));
        // Two lookups may lead to one secret, which then has to be of one version for both. Two that are names alone do not, for they differ.
        _hasAliases |= lookup.Version is null && !SecretReferenceRules.IsNameAlone(lookup);
        followed.Begin(_round);
        return followed;
    }

    internal FollowedSecret[] Lacking() => [.. _followed.Values.Where(followed => !followed.HasSecret)];

    internal FollowedSecret[] All() => [.. _followed.Values];

    /// <summary>Those of whose changes the client does not tell yet.</summary>
    internal FollowedSecret[] Unsubscribed() => [.. _followed.Values.Where(followed => !followed.IsSubscribed)];

    /// <summary>Has the client tell of changes from now on. Needs no lock.</summary>
    internal IDisposable Subscribe(SecretLookup lookup) => client.OnChange(lookup, _ => onChange());

    /// <summary>Keeps a subscription for as long as the secret is needed; a subscription that came too late ends.</summary>
    internal void Keep(FollowedSecret followed, IDisposable subscription)
    {
        if (_followed.TryGetValue(followed.Lookup, out FollowedSecret? current) && current == followed && !followed.IsSubscribed) followed.Subscription = subscription;
        else subscription.Dispose();
    }

    /// <summary>Asks the client, in one batch. Changes nothing here, and needs no lock.</summary>
    internal ValueTask<IReadOnlyList<SecretLookupResult>> AskAsync(FollowedSecret[] secrets) =>
        secrets.Length == 0 ? new([]) : client.GetSecretsAsync(Array.ConvertAll(secrets, followed => followed.Lookup));

    /// <summary>The answers to <see cref="AskAsync"/> out of the client's memory; null unless all of them are there.</summary>
    internal SecretLookupResult[]? TryAskWarm(FollowedSecret[] secrets)
    {
        SecretLookupResult[] answers = new SecretLookupResult[secrets.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            SecretLookup lookup = secrets[i].Lookup;
            if (!SecretReferenceRules.IsNameAlone(lookup) || !client.TryGetSecret(lookup.Name, out Secret? warm)) return null;
            answers[i] = new SecretLookupResult(SecretReadStatus.Found, warm, null);
        }

        return answers;
    }

    /// <summary>Whether each of these is, out of the client's memory, what was taken last. False if that cannot be told without asking the store.</summary>
    internal bool AreCurrent(FollowedSecret[] secrets) =>
        TryAskWarm(secrets) is { } warm && !warm.Zip(secrets).Any(pair => pair.Second.Failure is not null || !ReferenceEquals(pair.First.Secret, pair.Second.Answer?.Secret));

    /// <summary>Takes the answers to <see cref="AskAsync"/>, in the same order.</summary>
    internal void Take(FollowedSecret[] secrets, IReadOnlyList<SecretLookupResult> answers)
    {
        for (int i = 0; i < secrets.Length; i++)
            secrets[i].Take(answers[i]);
        if (_hasAliases) Unify();
    }

    public void Dispose()
    {
        foreach (FollowedSecret followed in _followed.Values)
            followed.Dispose();
        _followed.Clear();
    }

    // A version that had to be kept goes before a newer one: the newer one lacks something.
    private void Unify()
    {
        Dictionary<SecretAddress, SecretLookupResult> byAddress = [];
        foreach (FollowedSecret followed in _followed.Values.Where(followed => followed.Lookup.Version is null).OrderBy(followed => followed.Failure is null))
        {
            if (followed.Answer is not { Secret: { } secret } answer) continue;
            if (!byAddress.TryAdd(secret.Properties.Address, answer)) followed.Share(byAddress[secret.Properties.Address]);
        }
    }
}
