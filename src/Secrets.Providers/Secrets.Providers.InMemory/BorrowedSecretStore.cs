namespace Secrets;

/// <summary>A store that somebody else made and will dispose: a client that ends must not end it.</summary>
internal sealed class BorrowedSecretStore(ISecretStore inner) : DelegatingSecretStore(inner)
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
