namespace Secrets;

/// <summary>Reads what this machine remembers of a store. What cannot be read or was not made with the store's key is told, and says nothing.</summary>
internal sealed class AnchorReader(EncryptedFileOptions options, IRollbackAnchor anchor)
{
    internal ChainHead? Read(KeyHierarchy keys)
    {
        try
        {
            if (anchor.Read(keys.StoreId) is not { } bytes)
                return null;
            ChainHead? head = AnchorRecord.TryDecode(bytes.Span, keys);
            // Whoever can write it can remove it as well, so refusing the store for this would keep nobody from anything.
            if (head is null)
                options.Warn(StoreErrors.AnchorInvalid(options.Path, options.StoreName));
            return head;
        }
        catch (SecretException failure)
        {
            options.Warn(failure);
            return null;
        }
    }
}
