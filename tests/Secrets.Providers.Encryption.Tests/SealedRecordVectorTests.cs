using System.Text.Json;

namespace Secrets.Providers.Encryption.Tests;

/// <summary>
/// tests/vectors/sealed-records-v1.json, in the manner of Wycheproof: records that must open, and records that must not. SECRETS_UPDATE_VECTORS=1
/// writes new ones, which only a new record version may need.
/// </summary>
internal sealed class SealedRecordVectorTests
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    [Test]
    public void Each_published_record_opens_or_is_rejected_as_it_should()
    {
        if (Environment.GetEnvironmentVariable("SECRETS_UPDATE_VECTORS") == "1")
            File.WriteAllText(VectorPath, JsonSerializer.Serialize(Make(), Json) + "\n");
        List<SealedRecordVector> vectors = JsonSerializer.Deserialize<List<SealedRecordVector>>(File.ReadAllText(VectorPath))!;
        Assert.That(vectors.Select(vector => vector.Valid).Distinct().Count(), Is.EqualTo(2));
        foreach (SealedRecordVector vector in vectors)
        {
            byte[] record = Convert.FromHexString(vector.Record);
            byte[] plaintext = new byte[Math.Max(0, record.Length - RecordSealer.Overhead)];
            bool opened = RecordSealer.TryOpen(Convert.FromHexString(vector.Key), Convert.FromHexString(vector.Context), record, plaintext);
            Assert.That(opened, Is.EqualTo(vector.Valid), vector.Comment);
            if (opened)
                Assert.That(Convert.ToHexStringLower(plaintext), Is.EqualTo(vector.Plaintext), vector.Comment);
        }
    }

    [Test]
    public void Each_valid_record_is_what_sealing_its_plaintext_gives()
    {
        foreach (SealedRecordVector vector in JsonSerializer.Deserialize<List<SealedRecordVector>>(File.ReadAllText(VectorPath))!.Where(vector => vector.Valid))
        {
            byte[] expected = Convert.FromHexString(vector.Record);
            byte[] record = new byte[expected.Length];
            RecordSealer.Seal(
                Convert.FromHexString(vector.Key), Convert.FromHexString(vector.HedgeKey), RecordSealer.EpochOf(expected), Convert.FromHexString(vector.Context),
                Convert.FromHexString(vector.Plaintext), Convert.FromHexString(vector.Random), record);
            Assert.That(Convert.ToHexStringLower(record), Is.EqualTo(vector.Record), vector.Comment);
        }
    }

    private static string VectorPath
    {
        get
        {
            DirectoryInfo directory = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory.FullName, "Secrets.sln")))
                directory = directory.Parent!;
            return Path.Combine(directory.FullName, "tests", "vectors", "sealed-records-v1.json");
        }
    }

    private static List<SealedRecordVector> Make()
    {
        List<SealedRecordVector> vectors = [];
        byte[] key = Count(0, 32), longKey = Count(0, 64), hedge = Count(64, 32), random = Count(128, 32);
        byte[] context = [.. new SealContext("value", new Guid("00112233-4455-6677-8899-aabbccddeeff")).Add("team").Add("").Add((string?)null).Add("db").Add(1L).Bytes];
        Add("a short plaintext", key, context, "not-a-real-password"u8.ToArray());
        Add("an empty plaintext", key, context, []);
        Add("a data key of 64 bytes", longKey, context, "not-a-real-password"u8.ToArray());
        Add("a plaintext of several blocks", key, context, Count(0, 100));
        Add("an empty context", key, [], "not-a-real-password"u8.ToArray());
        SealedRecordVector valid = vectors[0];
        byte[] record = Convert.FromHexString(valid.Record);
        Bad("the version is another", Changed(record, 0));
        Bad("the algorithm is another", Changed(record, 1));
        Bad("the epoch is another", Changed(record, 2));
        Bad("the salt is another", Changed(record, 6));
        Bad("the commitment is another", Changed(record, 38));
        Bad("the last bit of the commitment is another", Changed(record, 69, 0x80));
        Bad("the ciphertext is another", Changed(record, 70));
        Bad("the tag is another", Changed(record, record.Length - 16));
        Bad("the last bit of the tag is another", Changed(record, record.Length - 1, 0x80));
        Bad("the tag is cut short", record[..^1]);
        Bad("a byte too many", [.. record, 0]);
        Bad("shorter than the shortest record", record[..85]);
        Bad("nothing at all", []);
        vectors.Add(valid with { Comment = "the key is another", Valid = false, Key = Convert.ToHexStringLower(Changed(key, 31)) });
        vectors.Add(valid with { Comment = "the context is another", Valid = false, Context = Convert.ToHexStringLower(Changed(context, context.Length - 1)) });
        vectors.Add(valid with { Comment = "the context is shorter", Valid = false, Context = Convert.ToHexStringLower(context[..^12]) });
        return vectors;

        void Add(string comment, byte[] k, byte[] c, byte[] plaintext)
        {
            byte[] sealedRecord = new byte[plaintext.Length + RecordSealer.Overhead];
            RecordSealer.Seal(k, hedge, 3, c, plaintext, random, sealedRecord);
            vectors.Add(new SealedRecordVector(
                comment, true, Convert.ToHexStringLower(k), Convert.ToHexStringLower(hedge), Convert.ToHexStringLower(random), Convert.ToHexStringLower(c),
                Convert.ToHexStringLower(plaintext), Convert.ToHexStringLower(sealedRecord)));
        }

        void Bad(string comment, byte[] changed) => vectors.Add(valid with { Comment = comment, Valid = false, Record = Convert.ToHexStringLower(changed) });
    }

    private static byte[] Count(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (byte)i)];

    private static byte[] Changed(byte[] bytes, int at, byte mask = 1)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= mask;
        return changed;
    }
}
