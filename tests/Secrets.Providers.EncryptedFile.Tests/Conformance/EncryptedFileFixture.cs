using Secrets.Conformance;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Conformance;

public sealed class EncryptedFileFixture : SecretStoreFixture
{
    private readonly StoreBench _bench = new();
    private volatile Exception? _readFailure;

    public override IReadOnlyCollection<ConformanceFault> Faults => [ConformanceFault.Unavailable, ConformanceFault.Corrupted];

    public override bool OpensAgain => true;

    public override async ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken) => await _bench.CreateAsync(Intercept);

    public override async ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => await _bench.OpenAsync();

    public override ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken)
    {
        if (fault == ConformanceFault.Unavailable)
        {
            _readFailure = new IOException("Input/output error", 5);
            return ValueTask.FromResult<IAsyncDisposable>(new Passing(() => _readFailure = null));
        }

        // A bit in the middle of the newest value, behind the store's back, while it is open.
        long position = BlobPosition((EncryptedFileSecretStore)store, address);
        Flip(position);
        return ValueTask.FromResult<IAsyncDisposable>(new Passing(() => Flip(position)));
    }

    public override async ValueTask DisposeAsync()
    {
        _bench.Dispose();
        await base.DisposeAsync();
    }

    private void Intercept(EncryptedFileOptions options) => options.Files = new InterceptedFileOperations(options.Files, step =>
    {
        if (step is { Call: FileCall.Read, IsBefore: true } && _readFailure is { } failure)
            throw failure;
    });

    private void Flip(long position)
    {
        using FileStream file = new(_bench.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Position = position;
        int before = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(before ^ 1));
    }

    private static long BlobPosition(EncryptedFileSecretStore store, SecretAddress address) => store.CurrentState.Index.Live(address)!.Current!.BlobPosition + 40;

    private sealed class Passing(Action pass) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            pass();
            return ValueTask.CompletedTask;
        }
    }
}
