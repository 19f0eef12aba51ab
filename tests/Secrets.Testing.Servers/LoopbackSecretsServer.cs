namespace Secrets.Testing.Servers;

/// <summary>A server of secrets, with what every test wants to do to one behind the store's back.</summary>
public abstract class LoopbackSecretsServer(TimeProvider? time) : LoopbackServer(time)
{
    /// <summary>Whether an action, in the vendor's words, on a native name is allowed. Default all.</summary>
    public Func<string, string, bool> Allows { get; set; } = (_, _) => true;

    /// <summary>The native names of all secrets, those that are deleted and can be recovered included.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>A secret, or a new value of one, as the vendor's console makes it.</summary>
    public abstract void Put(string name, string value);

    /// <summary>The current value as another tool finds it; null for none.</summary>
    public abstract string? TextOf(string name);

    /// <summary>As new: no secrets, no faults, no calls, every right.</summary>
    public virtual void Clear()
    {
        Allows = (_, _) => true;
        Faults.Clear();
        ForgetCalls();
    }

    /// <summary>An answer that says when to come back, if that is given.</summary>
    protected static ServerAnswer After(ServerAnswer answer, string? retryAfter) => retryAfter is null ? answer : answer.With("Retry-After", retryAfter);
}
