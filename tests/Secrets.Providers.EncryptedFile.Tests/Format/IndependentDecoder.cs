// Long because it is read beside the document, from top to bottom, as one piece.
using System.Security.Cryptography;
using System.Text;

namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>
/// A reader of the file format, written from docs/encrypted-file-format.md alone: it uses none of the product's code, and so proves that the
/// document says what the product does. It knows key slots, and stops at the first thing that does not verify.
/// </summary>
internal sealed class IndependentDecoder
{
    private readonly byte[] _file;
    private readonly byte[] _storeId;
    private readonly Dictionary<uint, byte[]> _epochs = [];
    private readonly List<DecodedSecret> _live = [];
    private readonly List<DecodedSecret> _deleted = [];
    private (uint Versions, long AgeTicks)? _retention;
    private byte[] _mac = [];
    private byte[] _wrap = [];
    private DecodedSecret? _restoring;
    private ulong _restoringCurrent;

    private IndependentDecoder(byte[] file)
    {
        _file = file;
        _storeId = file[16..32];
    }

    internal static List<DecodedSecret> Decode(byte[] file, byte[] slotKey)
    {
        IndependentDecoder decoder = Read(file, slotKey);
        return [.. decoder._live.Concat(decoder._deleted).OrderBy(secret => secret.Scope, StringComparer.Ordinal).ThenBy(secret => secret.Owner, StringComparer.Ordinal).ThenBy(secret => secret.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the store keeps of histories; null if it does not say.</summary>
    internal static (uint Versions, long AgeTicks)? RetentionOf(byte[] file, byte[] slotKey) => Read(file, slotKey)._retention;

    private static IndependentDecoder Read(byte[] file, byte[] slotKey)
    {
        IndependentDecoder decoder = new(file);
        decoder.ReadHeader();
        decoder.Unlock(slotKey);
        decoder.ReadFrames();
        return decoder;
    }

    private void ReadHeader()
    {
        Expect(_file.AsSpan(0, 8).SequenceEqual<byte>([0x89, 0x53, 0x45, 0x43, 0x52, 0x45, 0x54, 0x0A]), "magic");
        Expect(BitConverter.ToUInt16(_file, 8) == 1, "format version");
    }

    private void Unlock(byte[] slotKey)
    {
        byte[]? root = null;
        byte[] keySet = [];
        foreach ((int at, FrameParts parts) in Walk())
        {
            if (parts.KeySetLength == 0)
                continue;
            byte[] found = _file[(at + 48)..(at + 48 + parts.KeySetLength)];
            if (TryUnlock(found, _file[(at + parts.ErasableAt)..], slotKey) is { } opened)
                (root, keySet) = (opened, found);
        }

        Expect(root is not null, "unlock slot");
        _mac = Derive(root!, "SV1|mac");
        _wrap = Derive(root!, "SV1|wrap");
        Expect(Hmac([.. "SV1|header"u8, .. _file[..96]]).AsSpan().SequenceEqual(_file.AsSpan(96, 32)), "header MAC");
        AdoptEpochs(keySet);
    }

    private byte[]? TryUnlock(byte[] keySet, byte[] erasable, byte[] slotKey)
    {
        ByteCursor cursor = new(keySet);
        int sealedAt = 0;
        byte[]? root = null;
        for (int slots = cursor.U16(); slots > 0; slots--)
        {
            byte[] id = cursor.Bytes(16);
            byte kind = cursor.U8();
            long created = cursor.I64();
            byte[] label = cursor.Block();
            byte[] parameters = cursor.Block();
            int length = cursor.U16();
            byte[] digest = cursor.Bytes(32);
            byte[] record = erasable[sealedAt..(sealedAt + length)];
            sealedAt += length;
            if (!SHA256.HashData(record).AsSpan().SequenceEqual(digest))
                return null;
            root ??= RecordOpener.Open(slotKey, RecordOpener.Context("slot", _storeId, id, (long)kind, label, created, parameters), record);
        }

        return root;
    }

    private void AdoptEpochs(byte[] keySet)
    {
        ByteCursor cursor = new(keySet);
        for (int slots = cursor.U16(); slots > 0; slots--)
        {
            cursor.Bytes(25);
            cursor.Block();
            cursor.Block();
            cursor.Bytes(34);
        }

        for (int epochs = cursor.U16(); epochs > 0; epochs--)
        {
            uint number = cursor.U32();
            byte[]? key = RecordOpener.Open(_wrap, RecordOpener.Context("epoch", _storeId, (long)number), cursor.Block());
            Expect(key is not null, "epoch key");
            _epochs[number] = key!;
        }
    }

    private void ReadFrames()
    {
        ulong generation = BitConverter.ToUInt64(_file, 32);
        byte[] baseChain = _file[48..80];
        byte[] chain = generation == 0 ? baseChain : Hmac([.. "SV1|checkpoint"u8, .. _file[..128]]);
        ulong sequence = generation == 0 ? BitConverter.ToUInt64(_file, 40) : 0;
        int end = 128;
        foreach ((int at, FrameParts parts) in Walk())
        {
            byte[] check = Hmac([.. "SV1|frame"u8, .. _storeId, .. _file[at..(at + 32)]]);
            Expect(check.AsSpan(0, 16).SequenceEqual(_file.AsSpan(at + 32, 16)), "frame header");
            Expect(parts.Sequence == ++sequence, "sequence");
            chain = Hmac([.. chain, .. _file[at..(at + parts.ChainAt)]]);
            Expect(chain.AsSpan().SequenceEqual(_file.AsSpan(at + parts.ChainAt, 32)), "chain");
            ReadDirectory(at, parts);
            end = at + parts.Length;
            if (parts.Kind == 'E')
            {
                _restoring = null;
                chain = baseChain;
                sequence = BitConverter.ToUInt64(_file, 40);
            }
        }

        Expect(!_file.AsSpan(end).ContainsAnyExcept((byte)0), "end of the file");
    }

    private void ReadDirectory(int at, FrameParts parts)
    {
        byte[] record = _file[(at + parts.DirectoryAt)..(at + parts.BlobsAt)];
        byte[]? directory = RecordOpener.Open(_epochs[BitConverter.ToUInt32(record, 2)], RecordOpener.Context("directory", _storeId, (long)parts.Kind, (long)parts.Sequence), record);
        Expect(directory is not null, "directory");
        ByteCursor entries = new(directory!);
        while (!entries.IsAtEnd)
        {
            byte code = entries.U8();
            byte[] body = entries.Bytes((int)entries.U32());
            Apply(code, body, at, parts);
        }
    }

    private void Apply(byte code, byte[] body, int at, FrameParts parts)
    {
        ByteCursor cursor = new(body);
        switch (code)
        {
            case 1:
                Put(body, at, parts);
                break;
            case 2:
                SetCurrent(Find(cursor), cursor.U64());
                break;
            case 3:
                DecodedSecret deleted = Find(cursor);
                _live.Remove(deleted);
                _deleted.RemoveAll(old => IsAt(old, (deleted.Scope, deleted.Owner, deleted.Name)));
                _deleted.Add(deleted with { IsDeleted = true });
                break;
            case 4:
                DecodedSecret recovered = _deleted.Single(secret => IsAt(secret, Place(new ByteCursor(body))));
                _deleted.Remove(recovered);
                _live.Add(recovered with { IsDeleted = false });
                break;
            case 5:
                (string Scope, string? Owner, string Name) purged = Place(cursor);
                byte what = cursor.U8();
                _live.RemoveAll(secret => (what & 1) != 0 && IsAt(secret, purged));
                _deleted.RemoveAll(secret => (what & 2) != 0 && IsAt(secret, purged));
                break;
            case 6:
                Replace(Find(cursor), cursor.U64(), version => version with { State = "Destroyed", ValuesBase64 = null });
                break;
            case 7:
                DecodedSecret pruned = Find(cursor);
                ulong number = cursor.U64();
                pruned.Versions.RemoveAll(version => version.Version == number);
                break;
            case 8:
                DecodedSecret moved = Find(cursor);
                (string Scope, string? Owner, string Name) to = Place(cursor);
                _live.Remove(moved);
                _live.Add(moved with { Scope = to.Scope, Owner = to.Owner, Name = to.Name });
                break;
            case 10:
                Restore(cursor);
                break;
            case 9 or 11 or 12:
                break;
            case 13:
                _retention = (cursor.U32(), cursor.I64());
                Expect(cursor.IsAtEnd, "retention");
                break;
            default:
                throw new NotSupportedException($"The document has no entry {code} that this decoder was asked to read.");
        }
    }

    private void Put(byte[] body, int at, FrameParts parts)
    {
        ByteCursor cursor = new(body);
        int blobAt = (int)cursor.U32(), blobLength = (int)cursor.U32(), shareAt = (int)cursor.U32();
        uint epoch = cursor.U32();
        byte[] half = cursor.Bytes(32), digest = cursor.Bytes(16);
        byte flags = cursor.U8();
        ulong version = cursor.U64();
        cursor.Bytes(16);
        long created = cursor.I64();
        cursor.I64();
        long expires = cursor.I64();
        (string kind, string id, string? owner, string name) = cursor.Address();
        string? type = cursor.Text(), description = cursor.Text();
        Dictionary<string, string> tags = [];
        for (int count = cursor.U16(); count > 0; count--)
            tags.Add(cursor.Text()!, cursor.Text()!);

        Dictionary<string, string>? values = null;
        byte[] share = (flags & 2) != 0 ? [] : _file[(at + parts.ErasableAt + shareAt)..(at + parts.ErasableAt + shareAt + 32)];
        if (share.Length > 0 && SHA256.HashData(share).AsSpan(0, 16).SequenceEqual(digest))
        {
            byte[] blob = _file[(at + parts.BlobsAt + blobAt)..(at + parts.BlobsAt + blobAt + blobLength)];
            byte[] context = RecordOpener.Context(
                "value", _storeId, kind, id, owner, name, (long)version, (long)epoch, type, created, expires == long.MinValue ? null : (object)expires, (long)(flags & 1), blob[..32]);
            byte[]? plaintext = RecordOpener.Open([.. half, .. share], context, blob[32..]);
            Expect(plaintext is not null, "value");
            values = Pairs(plaintext!);
        }

        bool isPending = (flags & 1) != 0 && (flags & 4) == 0;
        string state = (flags & 2) != 0 ? "Destroyed" : isPending ? "Pending" : "Previous";
        DecodedSecret secret = _restoring ?? FindOrAdd(($"{kind}:{id}", owner, name));
        secret.Versions.Add(new DecodedVersion(version, state, type, description, tags, values));
        if (_restoring is not null ? version == _restoringCurrent : !isPending)
            SetCurrent(secret, version);
    }

    private void Restore(ByteCursor cursor)
    {
        (string kind, string id, string? owner, string name) = cursor.Address();
        _restoringCurrent = cursor.U64();
        cursor.U64();
        bool isDeleted = cursor.U8() != 0;
        _restoring = new DecodedSecret($"{kind}:{id}", owner, name, isDeleted, []);
        (isDeleted ? _deleted : _live).Add(_restoring);
    }

    private static Dictionary<string, string> Pairs(byte[] plaintext)
    {
        ByteCursor cursor = new(plaintext);
        Dictionary<string, string> pairs = [];
        for (int count = cursor.U16(); count > 0; count--)
            pairs.Add(Encoding.UTF8.GetString(cursor.Block()), Convert.ToBase64String(cursor.Bytes((int)cursor.U32())));
        Expect(cursor.IsAtEnd, "pairs");
        return pairs;
    }

    private static void SetCurrent(DecodedSecret secret, ulong version)
    {
        for (int i = 0; i < secret.Versions.Count; i++)
        {
            DecodedVersion known = secret.Versions[i];
            string state = known.Version == version ? "Current" : known.State == "Current" ? "Previous" : known.State;
            secret.Versions[i] = known with { State = state };
        }
    }

    private static void Replace(DecodedSecret secret, ulong version, Func<DecodedVersion, DecodedVersion> change)
    {
        int index = secret.Versions.FindIndex(known => known.Version == version);
        secret.Versions[index] = change(secret.Versions[index]);
    }

    private DecodedSecret Find(ByteCursor cursor)
    {
        (string Scope, string? Owner, string Name) place = Place(cursor);
        return _live.Single(secret => IsAt(secret, place));
    }

    private DecodedSecret FindOrAdd((string Scope, string? Owner, string Name) place)
    {
        DecodedSecret? found = _live.Find(secret => IsAt(secret, place));
        if (found is null)
            _live.Add(found = new DecodedSecret(place.Scope, place.Owner, place.Name, false, []));
        return found;
    }

    private static (string Scope, string? Owner, string Name) Place(ByteCursor cursor)
    {
        (string kind, string id, string? owner, string name) = cursor.Address();
        return ($"{kind}:{id}", owner, name);
    }

    private static bool IsAt(DecodedSecret secret, (string Scope, string? Owner, string Name) place) => (secret.Scope, secret.Owner, secret.Name) == place;

    private IEnumerable<(int At, FrameParts Parts)> Walk()
    {
        // Zeros behind the last frame are space for the next ones.
        for (int at = 128; at < _file.Length && _file.AsSpan(at, 8).ContainsAnyExcept((byte)0);)
        {
            Expect(_file.AsSpan(at, 3).SequenceEqual("SVF"u8), "frame");
            FrameParts parts = FrameParts.Read(_file.AsSpan(at, 32));
            yield return (at, parts);
            at += parts.Length;
        }
    }

    private byte[] Hmac(byte[] message) => HMACSHA256.HashData(_mac, message);

    private byte[] Derive(byte[] root, string info) => HKDF.DeriveKey(HashAlgorithmName.SHA512, root, 32, _storeId, Encoding.ASCII.GetBytes(info));

    private static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new CryptographicException($"Does not verify: {what}");
    }
}
