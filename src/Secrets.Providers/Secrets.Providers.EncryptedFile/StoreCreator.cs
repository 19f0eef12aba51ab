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
        try
        {
            // The file comes before the slots: a directory that is missing or full should not leave a key file behind.
            using IStoreFile file = _files.CreateNew(temporary);
            using KeyHierarchy keys = new(Guid.NewGuid(), SealingKey.Generate());
            byte[] bytes = await FirstBytesAsync(keys, methods, cancellationToken).ConfigureAwait(false);
            file.Write(bytes, 0);
            file.Sync();
            _files.MoveNew(temporary, options.Path);
        }
        catch (Exception failure)
        {
            // Key files that were made stay: another process may have found them, and made the store, by now.
            DeleteQuietly(temporary);
            // Whoever was quicker may even have swept ours.
            if (FileErrors.IsFileFailure(failure) && _files.Exists(options.Path))
                throw StoreErrors.AlreadyExists(options.Path, options.StoreName);
            throw;
        }

        // If this fails the store stays as well: it has its name, and whoever found it may have written to it.
        _files.SyncDirectory(directory);
    }

    private void DeleteQuietly(string temporary)
    {
        try
        {
            _files.Delete(temporary);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // What made the creation fail is what the caller should hear of; the first open sweeps this.
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
