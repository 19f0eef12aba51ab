namespace Secrets.Tests;

/// <summary>Ends a provoked fault.</summary>
internal sealed class Undo(Action undo) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        undo();
        return ValueTask.CompletedTask;
    }
}
