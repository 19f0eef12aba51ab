namespace Secrets.Providers.Encryption.Tests;

/// <summary>A new passphrase slot costs as long as was wanted, by the speed that was measured, between two bounds.</summary>
internal sealed class PassphraseCostTests
{
    [TestCase(500, 20, 500_000)]
    [TestCase(500, 40, 250_000)]
    [TestCase(1000, 20, 1_000_000)]
    [TestCase(500, 1, 10_000_000)]
    [TestCase(500, 2, 5_000_000)]
    [TestCase(500, 48, PassphraseOptions.MinIterations)]
    [TestCase(1, 20, PassphraseOptions.MinIterations)]
    [TestCase(3_600_000, 20, PassphraseOptions.MaxIterations)]
    [TestCase(500, 0, PassphraseOptions.MaxIterations)]
    public void Iterations_follow_from_the_target_and_how_long_the_probe_took(int targetMilliseconds, int probeMilliseconds, int iterations)
    {
        Assert.That(PassphraseUnlock.ProbeIterations, Is.EqualTo(20_000));
        Assert.That(PassphraseUnlock.IterationsFor(TimeSpan.FromMilliseconds(targetMilliseconds), TimeSpan.FromMilliseconds(probeMilliseconds)), Is.EqualTo(iterations));
    }

    [Test]
    public async Task A_new_slot_has_the_iterations_that_the_measured_speed_gives_for_half_a_second()
    {
        List<int> measured = [];
        using KeyHierarchy keys = new(Guid.NewGuid(), SealingKey.Generate());
        PassphraseUnlock method = new(_ => ValueTask.FromResult<SecretValue?>("canary-passphrase"), "passphrase", options: null, iterations =>
        {
            measured.Add(iterations);
            return TimeSpan.FromMilliseconds(40);
        });
        UnlockSlot slot = await method.CreateSlotAsync(keys, DateTimeOffset.UnixEpoch, default);
        Assert.Multiple(() =>
        {
            Assert.That(BitConverter.ToUInt32(slot.Parameters.Span[32..]), Is.EqualTo(250_000));
            Assert.That(measured, Is.EqualTo(new[] { PassphraseUnlock.ProbeIterations }));
        });
        using SealingKey? root = await method.TryOpenSlotAsync(keys.StoreId, slot, default);
        Assert.That(root!.RevealBytes().SequenceEqual(keys.RevealRoot()), Is.True);
        Assert.That(measured, Has.Count.EqualTo(1), "Opening costs what the slot says and measures nothing.");
    }

    [Test]
    public async Task A_target_that_the_minimum_exceeds_gives_the_minimum()
    {
        using KeyHierarchy keys = new(Guid.NewGuid(), SealingKey.Generate());
        // No machine does 210,000 iterations in a microsecond.
        UnlockMethod least = UnlockMethod.Passphrase("canary-passphrase", new PassphraseOptions { TargetDuration = TimeSpan.FromMicroseconds(1) });
        UnlockSlot slot = await least.CreateSlotAsync(keys, DateTimeOffset.UnixEpoch, default);
        Assert.That(BitConverter.ToUInt32(slot.Parameters.Span[32..]), Is.EqualTo(PassphraseOptions.MinIterations));
    }
}
