using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Caching;

/// <summary>
/// A fleet that starts in the same second and reads 500 secrets each: 100 hosts a run, 1,000 with <c>SECRETS_SOAK</c> set. Each host is the real
/// client on a clock of its own; what they ask is added up second by second.
/// </summary>
[TestFixture]
internal sealed class FleetSimulationTests
{
    private const int SecretCount = 500;
    private const int Seconds = 30 * 60;
    private const int FirstRefresh = 150;

    private static int Hosts => Environment.GetEnvironmentVariable("SECRETS_SOAK") is null ? 100 : 1_000;

    [Test]
    public async Task A_fleet_that_started_together_asks_at_most_twice_the_mean_in_its_busiest_second()
    {
        long[] asked = new long[Seconds + 1];
        SecretLookup[] lookups = [.. Enumerable.Range(0, SecretCount).Select(i => new SecretLookup($"s{i}"))];
        for (int host = 0; host < Hosts; host++)
            await LiveAsync(host, lookups, asked);

        long[] steady = asked[FirstRefresh..];
        double mean = steady.Average();
        double ratio = steady.Max() / mean;
        TestContext.Out.WriteLine($"{Hosts} hosts x {SecretCount} secrets, 30 minutes: mean {mean:N0} a second, peak {steady.Max():N0}, peak over mean {ratio:N2}");
        Assert.That(mean, Is.InRange(Hosts * SecretCount / 300.0, Hosts * SecretCount / 150.0), "each is asked for once in 2.5 to 5 minutes");
        Assert.That(ratio, Is.LessThanOrEqualTo(2));
    }

    private static async Task LiveAsync(int host, SecretLookup[] lookups, long[] asked)
    {
        ManualTimeProvider time = new();
        int second = 0;
        await using SecretsClient client = SecretsClient.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton(new Random(host));
            builder.UseStore(_ => new UnchangingStore(count => asked[second] += count));
        });
        await client.GetSecretsAsync(lookups);
        Assert.That(asked[0], Is.EqualTo((host + 1) * SecretCount));
        for (second = 1; second <= Seconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (second % 60 != 1) continue;
            // Read now and then: what nobody reads is not refreshed.
            foreach (SecretLookup lookup in lookups)
                client.TryGetSecret(lookup.Name, out _);
        }
    }
}
