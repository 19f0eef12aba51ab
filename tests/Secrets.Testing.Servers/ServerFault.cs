namespace Secrets.Testing.Servers;

/// <summary>One thing that goes wrong with one call.</summary>
public sealed class ServerFault
{
    /// <summary>The answer in the place of the right one; null for the right one.</summary>
    public Func<ServerRequest, ServerAnswer>? Instead { get; init; }

    /// <summary>Sends half of the answer and breaks the connection.</summary>
    public bool ResetsMidBody { get; init; }

    /// <summary>What the answer waits for; null for nothing.</summary>
    public Task? Hold { get; init; }
}
