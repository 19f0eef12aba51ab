namespace Secrets;

/// <summary>One lookup of one view: its answer in memory, if there is one to serve, and who follows it.</summary>
internal sealed class LookupEntry : IScheduled
{
    // Read on every warm read, without a lock or a clock: null as soon as the timer, a write or an answer takes the value away.
    private volatile Secret? _current;

    internal LookupEntry(ViewSnapshot view, SecretLookup lookup)
    {
        View = view;
        Lookup = lookup;
    }

    internal ViewSnapshot View { get; }

    internal SecretLookup Lookup { get; }

    /// <summary>The places, in order. Set once, before the entry is published.</summary>
    internal AddressEntry[] Candidates { get; set; } = [];

    internal Secret? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <value>Read since it was last refreshed. A hint: written without a fence, by whoever reads first.</value>
    internal bool IsTouched { get; set; }

    internal Lock Gate { get; } = new();

    /// <value>Under the gate.</value>
    internal ChangeSubscription[] Followers { get; set; } = [];

    /// <value>Whether followers have something to compare with. Under the gate.</value>
    internal bool IsAnnounced { get; set; }

    /// <value>What followers know; null for "there is none". Under the gate.</value>
    internal Secret? Announced { get; set; }

    /// <value>Out of its view; whoever wants to follow it has to look again. Under the gate.</value>
    internal bool IsEvicted { get; set; }

    /// <value>When the value may no longer be served, whatever the store does. Under the gate.</value>
    internal long ServeUntil { get; set; }

    /// <value>When the value stops being fresh; from then on it is served only while the store fails. Under the gate.</value>
    internal long FreshUntil { get; set; }

    /// <value>When a look last found that somebody uses it. Under the gate.</value>
    internal long WantedAt { get; set; }

    public long DueAt { get; set; }
}
