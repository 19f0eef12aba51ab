using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

/// <summary>Rotations of a two-key secret under readers: 2,000 a run, 100,000 with <c>SECRETS_SOAK</c> set.</summary>
[TestFixture]
internal sealed class RotationUnderLoadTests
{
    private static int Rotations => Environment.GetEnvironmentVariable("SECRETS_SOAK") is null ? 2_000 : 100_000;

    [Test]
    public async Task No_reader_ever_sees_a_user_of_one_version_with_a_password_of_another()
    {
        await using ClientRig rig = new();
        SecretTemplate template = SecretTemplate.Parse("{{db.user}}:{{db.password}}");
        Put(rig, 0);
        using CancellationTokenSource ends = new();
        Task<long>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadAsync(rig, template, ends.Token)))];
        for (int i = 1; i <= Rotations; i++)
        {
            Put(rig, i);
            Secret seen = await rig.Client.RefreshSecretAsync(new SecretLookup("db"));
            Assert.That(seen["password"].RevealString(), Is.EqualTo($"{i}"));
        }

        await ends.CancelAsync();
        Assert.That((await Task.WhenAll(readers)).Sum(), Is.Positive);
    }

    private static void Put(ClientRig rig, int version) =>
        rig.Store.Put(SecretAddress.Public("db"), new() { ["user"] = $"{version}", ["password"] = $"{version}" });

    private static async Task<long> ReadAsync(ClientRig rig, SecretTemplate template, CancellationToken ends)
    {
        long reads = 0;
        do
        {
            string[] pair = (await rig.Client.ResolveAsync(template, CancellationToken.None)).Split(':');
            if (pair[0] != pair[1]) throw new AssertionException($"mixed: {pair[0]} with {pair[1]}");
            reads++;
        }
        while (!ends.IsCancellationRequested);
        return reads;
    }
}
