namespace Secrets;

/// <summary>Opens the file of a store: header, keys, all frames, anchor.</summary>
internal sealed class LogOpener(EncryptedFileOptions options, IRollbackAnchor anchor)
{
    private readonly IFileOperations _files = options.Files;
    private readonly string _path = options.Path;
    private readonly string _storeName = options.StoreName;

    /// <summary>Opens it with a key from one of the unlock methods.</summary>
    internal async ValueTask<OpenedLog> OpenAsync(IReadOnlyList<UnlockMethod> methods, bool writable, CancellationToken cancellationToken)
    {
        IStoreFile file = _files.Open(_path, writable);
        try
        {
            (StoreHeader header, byte[] headerBytes) = ReadHeader(file);
            List<KeySet> keySets = KeySetScanner.Scan(new FileWindow(file, file.GetLength()));
            (KeyHierarchy keys, KeySet used, SecretException? refusal) = await UnlockAsync(header, keySets, methods, cancellationToken).ConfigureAwait(false);
            OpenedLog opened = Load(file, header, headerBytes, keys, known: null);
            // A slot that was removed, and whose root key a crash or a bad medium kept from being overwritten, is out of force all the same.
            if (refusal is not null && !used.Slots.Select(slot => slot.Id).SequenceEqual(opened.State.CurrentKeySet!.Slots.Select(slot => slot.Id)))
            {
                keys.Dispose();
                throw refusal;
            }

            return opened;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens what took the file's place, with the keys at hand; what was known before must be part of it.</summary>
    internal OpenedLog Reopen(KeyHierarchy keys, bool writable, ChainHead known)
    {
        IStoreFile file = _files.Open(_path, writable);
        try
        {
            (StoreHeader header, byte[] headerBytes) = ReadHeader(file);
            if (header.StoreId != keys.StoreId)
                throw StoreErrors.OtherStore(_path, _storeName);
            return Load(file, header, headerBytes, keys, known);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private (StoreHeader Header, byte[] Bytes) ReadHeader(IStoreFile file)
    {
        byte[] bytes = new byte[StoreHeader.Length];
        int length = file.Read(bytes, 0);
        return (StoreHeader.Decode(bytes.AsSpan(0, length), _path, _storeName), bytes);
    }

    private async ValueTask<(KeyHierarchy Keys, KeySet Used, SecretException? Refusal)> UnlockAsync(StoreHeader header, List<KeySet> keySets, IReadOnlyList<UnlockMethod> methods, CancellationToken cancellationToken)
    {
        if (keySets.Count == 0)
            throw StoreErrors.Tampered("the unlock slots", _path, _storeName);
        SecretException? refusal = null;
        for (int i = 0; ; i++)
        {
            try
            {
                return (await Unlocker.UnlockAsync(header.StoreId, keySets[i], methods, _storeName, cancellationToken).ConfigureAwait(false), keySets[i], refusal);
            }
            catch (SecretException failure) when (i + 1 < keySets.Count)
            {
                // The newest set stands in the last frame, which may be one that a crash cut short: then the one before is in force.
                refusal ??= failure;
            }
        }
    }

    private OpenedLog Load(IStoreFile file, StoreHeader header, byte[] headerBytes, KeyHierarchy keys, ChainHead? known)
    {
        if (!StoreHeader.IsAuthentic(headerBytes, keys.Mac))
            throw StoreErrors.Tampered("the header", _path, _storeName);
        // The anchor is read first: it must not be newer than what is read of the file.
        ChainHead? anchored = ReadAnchor(keys);
        ChainHead? expected = known is null || (anchored is not null && anchored.Sequence > known.Sequence) ? anchored : known;
        LogState state = new(file, _path, _storeName, header, headerBytes, keys, expected);
        using ChainHasher hasher = new(keys.Mac);
        LogReader reader = new(state, hasher);
        for (int looks = 1; ; looks++)
        {
            long length = file.GetLength();
            TailState tail = reader.ReadTo(length);
            // A writer that goes on beside this reader, who has no lock, leaves it pages of before and of after: what looks damaged is looked at thrice.
            if (tail != TailState.Clean && looks < 3)
                continue;
            if (state.InCheckpoint || (tail != TailState.Tampered && state.CurrentKeySet is null))
                throw state.Tampered("the checkpoint");
            // Another process may shred while this one reads; then the commit that says so is further on.
            if (tail == TailState.Tampered || state.HasOnlyKnownErasures())
            {
                state.IsTailUnsettled = tail != TailState.Clean;
                return new OpenedLog(state, tail);
            }

            if (file.GetLength() == length)
                throw state.Tampered("the data key of a secret");
        }
    }

    private ChainHead? ReadAnchor(KeyHierarchy keys)
    {
        try
        {
            return anchor.Read(keys.StoreId) is { } bytes ? AnchorRecord.TryDecode(bytes.Span, keys) : null;
        }
        catch (SecretException failure)
        {
            options.OnWarning?.Invoke(failure);
            return null;
        }
    }
}
