using Secrets.Conformance;
using Secrets.Testing;

namespace Secrets.Providers.Environment.Tests.Conformance;

/// <summary>Real files in a directory of the fixture's own: one for a single value, a directory for several.</summary>
public sealed class KeyPerFileFixture : SecretStoreFixture
{
    private readonly TemporaryDirectory _directory = new();

    public override IReadOnlyCollection<ConformanceFault> Faults => [ConformanceFault.Unavailable];

    public override bool OpensAgain => true;

    public override TimeSpan Patience => TimeSpan.FromSeconds(30);

    private string Root => _directory["secrets"];

    public override bool Holds(SecretAddress address) => address.Scope == SecretScope.Team && address.Owner is null;

    public override ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken) => new(new KeyPerFileSecretStore(Root));

    public override ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => CreateStoreAsync(cancellationToken);

    public override async ValueTask PutAsync(ISecretStore store, SecretAddress address, SecretValues values, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Root, address.Name);
        bool isFile = values.Count == 1 && values.ContainsKey(SecretProperties.SingleKey);
        Directory.CreateDirectory(isFile ? Root : path);
        foreach ((string key, SecretValue value) in values)
            await File.WriteAllBytesAsync(isFile ? path : Path.Combine(path, key), value.RevealBytes(), cancellationToken);
    }

    // A link that leaves the directory cannot be read, by root neither.
    public override ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Root, address.Name);
        string outside = _directory["outside"];
        File.Move(path, outside);
        File.CreateSymbolicLink(path, outside);
        return new(new Provoked(path, outside));
    }

    public override async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await base.DisposeAsync();
    }

    private sealed class Provoked(string path, string outside) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            File.Delete(path);
            File.Move(outside, path);
            return ValueTask.CompletedTask;
        }
    }
}
