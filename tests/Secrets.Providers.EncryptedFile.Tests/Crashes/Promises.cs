using System.Globalization;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>Checks what <see cref="Crashing"/> told before it died.</summary>
internal static class Promises
{
    internal static async Task CheckAsync(EncryptedFileSecretStore store, IEnumerable<string> told, string where)
    {
        long db = 0;
        bool gone = false, purged = false, destroyed = false;
        foreach (string[] words in told.Select(line => line.Split(' ')))
        {
            db = words is ["db", _, string number] ? long.Parse(number, CultureInfo.InvariantCulture) : db;
            gone |= words[0] == "gone";
            purged |= words[0] == "purged";
            destroyed |= words[0] == "destroyed";
        }

        SecretReadResult current = await ReadAsync(store, "db", null);
        if (db == 0)
            Assert.That(current.Status, Is.AnyOf(SecretReadStatus.NotFound, SecretReadStatus.Found), where);
        else
            Assert.That(long.Parse(current.Secret!["number"].RevealString(), CultureInfo.InvariantCulture), Is.AnyOf(db, db + 1), where);
        if (current.Secret is { } secret)
            Assert.That(secret["value"].RevealString(), Is.EqualTo(Writing.ValueOf("db", long.Parse(secret["number"].RevealString(), CultureInfo.InvariantCulture))), where);
        SecretReadResult other = await ReadAsync(store, "gone", null);
        if (purged)
            Assert.That(other.Status, Is.EqualTo(SecretReadStatus.NotFound), where);
        else if (gone)
            Assert.That(other.Status, Is.AnyOf(SecretReadStatus.Found, SecretReadStatus.NotFound), where);
        if (destroyed)
            Assert.That((await ReadAsync(store, "db", new SecretVersion("1"))).Status, Is.EqualTo(SecretReadStatus.NotFound), where);
    }

    private static async Task<SecretReadResult> ReadAsync(EncryptedFileSecretStore store, string name, SecretVersion? version) =>
        (await store.ReadAsync([new SecretRead(SecretAddress.Public(name), version)], default))[0];
}
