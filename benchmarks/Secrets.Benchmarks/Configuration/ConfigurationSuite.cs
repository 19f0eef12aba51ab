using System.Text;
using Microsoft.Extensions.Configuration;

namespace Secrets.Benchmarks.Configuration;

/// <summary>
/// Building a configuration of 1,000 keys of which 50 hold references, and reading those 50, beside the same configuration with plain values.
/// </summary>
internal static class ConfigurationSuite
{
    private const int Keys = 1000;
    private const int References = 50;

    private static readonly string[] Referring = [.. Enumerable.Range(0, References).Select(i => $"Section{i * 20 / 10}:Key{i * 20}")];

    public static async Task RunAsync(TextWriter output)
    {
        await using InMemorySecretStore store = new();
        for (int i = 0; i < References; i++)
            store.Put(SecretAddress.Public($"secret{i}"), new SecretValues { ["user"] = "ada", ["password"] = "not-a-real-password" });
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        byte[] plain = Json("https://ada:not-a-real-password@db.internal");
        byte[] referring = Json("https://{{secretN.user}}:{{secretN.password}}@db.internal");

        Action<int>[] builds =
        [
            Repeat(() => Read((ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(plain)).Build())),
            Repeat(() => Read((ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(referring)).BuildWithSecrets(client))),
            Repeat(() => Read((ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(plain)).BuildWithSecrets(client))),
        ];
        // A build takes too long to reach the last tier of the compiler within a paired run's own warm-up.
        for (int i = 0; i < 4; i++)
        {
            foreach (Action<int> build in builds)
                build(500);
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        // Following begins in the background once secrets are read, and may outlive the last build of a measurement: hence the pause.
        // A hundred builds a round: reading JSON fills the heap of large objects, whose collections come once in about thirty builds. In
        // shorter rounds they fall into step with the entries, and then the same one pays for all of them, round after round.
        new PairedRun(TimeSpan.FromMilliseconds(25), 60, minimum: 100, pause: TimeSpan.FromMilliseconds(2))
            .Add("JSON, 1,000 keys, plain", builds[0])
            .Add("JSON, 50 of them with references", builds[1])
            .Add("JSON, no references, resolved anyway", builds[2])
            .Run(output);

        using ConfigurationRoot floor = (ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(plain)).Build();
        using ConfigurationRoot resolved = (ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(referring)).BuildWithSecrets(client);
        new PairedRun(TimeSpan.FromMilliseconds(1), 500)
            .Add("indexer, plain configuration", Indexer(floor, Referring[7]))
            .Add("indexer, a key with references", Indexer(resolved, Referring[7]))
            .Add("indexer, a plain key beside them", Indexer(resolved, "Section1:Key11"))
            .Run(output);
    }

    private static Action<int> Repeat(Action once) => count =>
    {
        for (int i = 0; i < count; i++)
            once();
    };

    private static Action<int> Indexer(IConfiguration configuration, string key) => count =>
    {
        for (int i = 0; i < count; i++)
            _ = configuration[key];
    };

    private static void Read(ConfigurationRoot configuration)
    {
        foreach (string key in Referring)
        {
            if (configuration[key]?.Length != 43) throw new InvalidOperationException(key);
        }

        configuration.Dispose();
    }

    private static byte[] Json(string referring)
    {
        StringBuilder text = new("{");
        for (int section = 0; section < Keys / 10; section++)
        {
            text.Append(section == 0 ? "" : ",").Append($"\"Section{section}\":{{");
            for (int key = section * 10; key < (section * 10) + 10; key++)
            {
                string value = key % (Keys / References) == 0 ? referring.Replace("secretN", $"secret{key * References / Keys}", StringComparison.Ordinal) : $"an ordinary value of some length {key}";
                text.Append(key % 10 == 0 ? "" : ",").Append($"\"Key{key}\":\"{value}\"");
            }

            text.Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }
}
