namespace Secrets;

/// <summary>A process that was started, however its output comes back.</summary>
internal abstract class ChildProcess : IDisposable
{
    // What a grandchild that keeps the output open may delay the end by.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    internal abstract int Id { get; }

    /// <summary>It leads a session of its own on a terminal of its own.</summary>
    internal abstract bool HasTerminal { get; }

    /// <summary>Its exit code; 128 and the signal's number if one ended it.</summary>
    internal abstract Task<int> Exited { get; }

    /// <summary>Ends when all its output is written.</summary>
    protected abstract Task Output { get; }

    internal void Signal(int signal)
    {
        // After the end its number may be somebody else's.
        if (!Exited.IsCompleted) NativeProcess.Kill(Id, signal);
    }

    internal async Task DrainAsync()
    {
        try
        {
            await Output.WaitAsync(DrainTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A process that it left running has the output open: its own output ends here.
        }
    }

    public abstract void Dispose();

    protected static SecretException CannotStart(string program, Exception? cause, string? problem = null) => new(
        SecretErrorCode.InvalidArgument, $"'{program}' cannot be started: {problem ?? cause?.Message}. Check the name, the path and the permission.", cause)
    {
        Reason = "program",
    };
}
