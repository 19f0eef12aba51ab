using System.Security.Cryptography;

namespace Secrets;

/// <summary>Makes a new store: complete under a temporary name first, then under its own, so that a crash leaves a whole store or none.</summary>
internal sealed class StoreCreator(EncryptedFileOptions options)
{
    internal const string TemporarySuffix = ".creating-";
    private readonly IFileOperations _files = options.Files;

    internal async ValueTask CreateAsync(IReadOnlyList<UnlockMethod> methods, CancellationToken cancellationToken)
    {
        if (_files.Exists(options.Path))
            throw StoreErrors.AlreadyExists(options.Path, options.StoreName);
        string directory = Path.GetDirectoryName(options.Path)!;
        string temporary = $"{options.Path}{TemporarySuffix}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        // The file comes before the slots: a directory that is missing or full should not leave a key file behind.
        using IStoreFile file = _files.CreateNew(temporary);
        bool named = false;
        try
        {
            using KeyHierarchy keys = new(Guid.NewGuid(), SealingKey.Generate());
            byte[] bytes = await FirstBytesAsync(keys, methods, cancellationToken).ConfigureAwait(false);
            file.Write(bytes, 0);
            file.Sync();
            _files.MoveNew(temporary, options.Path);
            named = true;
            _files.SyncDirectory(directory);
        }
        catch (Exception failure)
        {
            foreach (UnlockMethod method in methods)
                method.Abandon();
            _files.Delete(named ? options.Path : temporary);
            if (!named && FileErrors.IsFileFailure(failure) && _files.Exists(options.Path))
                throw StoreErrors.AlreadyExists(options.Path, options.StoreName);
            throw;
        }
    }

    private async ValueTask<byte[]> FirstBytesAsync(KeyHierarchy keys, IReadOnlyList<UnlockMethod> methods, CancellationToken cancellationToken)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        List<UnlockSlot> slots = [];
        foreach (UnlockMethod method in methods)
            slots.Add(await method.CreateSlotAsync(keys, now, cancellationToken).ConfigureAwait(false));
        SealedEpoch epoch = keys.CreateEpoch();
        keys.TryAdopt([epoch]);

        byte[] header = new StoreHeader(keys.StoreId, 0, 0, new byte[FrameHeader.ChainLength], now).Encode(keys.Mac);
        FrameBuilder builder = new(FrameKind.Commit, 1);
        builder.SetKeySet(new KeySet(slots, [epoch]));
        if (new VersionRetention(options.MaxVersions, options.MaxVersionAge).ForNewStore() is { } retention)
            RetentionMutation.Write(builder.Directory, retention);
        using ChainHasher hasher = new(keys.Mac);
        BuiltFrame frame = builder.Build(keys, new byte[FrameHeader.ChainLength], hasher);
        return [.. header, .. frame.Bytes];
    }
}
