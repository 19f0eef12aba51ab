using System.Globalization;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>
/// What processes that write said was written to one store, over all of their lives: none of it may ever go back or vanish. What was found once
/// is as good as said.
/// </summary>
internal sealed class WriterPromises(string writer)
{
    // By name, the newest version that was acknowledged or seen, and what was written as it.
    private readonly Dictionary<string, (ulong Version, long Number)> _promises = [];

    // By name, how many processes have died since, each with one write under way that it could say nothing of.
    private readonly Dictionary<string, uint> _deaths = [];

    /// <summary>Takes what a process said until it died.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="store">Which of its stores this is.</param>
    internal void Take(IEnumerable<string> lines, int store)
    {
        for (int i = 0; i < Writing.Names; i++)
            _deaths[Name(i)] = _deaths.GetValueOrDefault(Name(i)) + 1;
        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words.Length == 5 && words[0] == $"{store}"))
        {
            (ulong Version, long Number) said = (ulong.Parse(words[2], CultureInfo.InvariantCulture), long.Parse(words[3], CultureInfo.InvariantCulture));
            Assert.That(said.Version, Is.GreaterThan(_promises.GetValueOrDefault(words[1]).Version), $"{words[1]} was written anew under a number that it had.");
            _promises[words[1]] = said;
            _deaths[words[1]] = 1;
        }
    }

    /// <summary>Each name is where it was said to be, or further by the write that was under way when its process died.</summary>
    internal async Task CheckAsync(EncryptedFileSecretStore store, string where)
    {
        for (int i = 0; i < Writing.Names; i++)
        {
            SecretAddress address = SecretAddress.Public(Name(i));
            (ulong Version, long Number) promised = _promises.GetValueOrDefault(address.Name);
            SecretReadResult current = (await store.ReadAsync([new SecretRead(address)], default))[0];
            if (current.Status == SecretReadStatus.NotFound)
            {
                Assert.That(promised.Version, Is.Zero, $"{where}: {address.Name} was written and is gone.");
                continue;
            }

            Assert.That(current.Status, Is.EqualTo(SecretReadStatus.Found), $"{where}: {current.Error}");
            ulong version = VersionNumber.Parse(current.Secret!.Version);
            Assert.That(version, Is.InRange(promised.Version, promised.Version + _deaths.GetValueOrDefault(address.Name)), $"{where}: {address.Name}");
            long number = Check(current.Secret, where);
            if (promised.Version > 0 && version - promised.Version < Writing.Kept)
            {
                Secret exact = (await store.ReadAsync([new SecretRead(address, VersionNumber.Format(promised.Version))], default))[0].Secret!;
                Assert.That(Check(exact, where), Is.EqualTo(promised.Number), $"{where}: {address.Name}");
            }

            _promises[address.Name] = (version, number);
            _deaths[address.Name] = 0;
        }
    }

    private string Name(int number) => $"{writer}-{number}";

    // Byte for byte what a writer writes under that number.
    private static long Check(Secret secret, string where)
    {
        long number = long.Parse(secret["number"].RevealString(), CultureInfo.InvariantCulture);
        Assert.That(secret["value"].RevealString(), Is.EqualTo(Writing.ValueOf(secret.Name, number)), where);
        return number;
    }
}
