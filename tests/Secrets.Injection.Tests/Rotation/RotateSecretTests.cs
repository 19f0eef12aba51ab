using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Rotation;

[TestFixture]
internal sealed class RotateSecretTests
{
    private static readonly SecretLookup Db = new("db");

    [Test]
    public async Task The_steps_come_in_order_and_the_new_value_is_current_at_the_end()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Rotator rotator = new("2");
        await rig.ReadAsync("db");

        SecretProperties rotated = await rig.Client.RotateSecretAsync(Db, rotator);

        Assert.That(rotator.Steps, Is.EqualTo(new[] { "generate", "set 2", "test 2" }));
        Assert.That(rig.Client.TryGetSecret("db", out _), Is.True);
        Secret current = await rig.Client.GetSecretAsync("db");
        Assert.That((ClientRig.KeyOf(current), current.Version), Is.EqualTo(("2", rotated.Version)));
        Assert.That(ClientRig.KeyOf((await rig.Client.GetPreviousSecretAsync(Db))!), Is.EqualTo("1"));
    }

    [TestCase("set")]
    [TestCase("test")]
    public async Task A_step_that_fails_is_rolled_back_and_leaves_the_current_value(string step)
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Rotator failing = new("2") { FailsAt = step };

        Assert.That(async () => await rig.Client.RotateSecretAsync(Db, failing), Throws.InstanceOf<InvalidOperationException>());

        Assert.That(failing.Steps, Has.Member("roll back 2"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        await rig.Client.RotateSecretAsync(Db, new Rotator("3"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("3"), "the failed value is not taken up again");
    }

    [TestCase("set")]
    [TestCase("test")]
    public async Task A_rotation_that_was_cut_off_goes_on_with_the_value_it_left(string step)
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Assert.That(async () => await rig.Client.RotateSecretAsync(Db, new Rotator("2") { DiesAt = step }), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        Rotator next = new("3");

        await rig.Client.RotateSecretAsync(Db, next);

        Assert.That(next.Steps, Is.EqualTo(new[] { "set 2", "test 2" }));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("2"));
    }

    [Test]
    public async Task Somebody_elses_write_meanwhile_is_a_conflict()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Rotator rotator = new("2") { OnTest = () => rig.Put("db", "theirs") };

        Assert.That((await Refusal.OfAsync(rig.Client.RotateSecretAsync(Db, rotator))).Code, Is.EqualTo(SecretErrorCode.Conflict));
        Assert.That(ClientRig.KeyOf(await rig.Client.RefreshSecretAsync(Db)), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task A_secret_that_expires_gets_as_long_a_life_again_even_after_its_end()
    {
        await using ClientRig rig = new();
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"), new CreateSecretOptions { ExpiresOn = rig.Time.GetUtcNow().AddDays(30) });
        rig.Time.Advance(TimeSpan.FromDays(31));

        SecretProperties rotated = await rig.Client.RotateSecretAsync(Db, new Rotator("2"));

        Assert.That(rotated.ExpiresOn, Is.EqualTo(rig.Time.GetUtcNow().AddDays(30)));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_store_without_pending_versions_says_so()
    {
        await using ClientRig rig = new(store => store.Features = ClientRig.NoWatch & ~SecretStoreFeatures.Promote);
        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Rotator rotator = new("2");

        Assert.That((await Refusal.OfAsync(rig.Client.RotateSecretAsync(Db, rotator))).Code, Is.EqualTo(SecretErrorCode.Unsupported));
        Assert.That(rotator.Steps, Is.Empty);
    }

    private sealed class Rotator(string next) : ISecretRotator
    {
        internal List<string> Steps { get; } = [];

        internal string? FailsAt { get; init; }

        internal string? DiesAt { get; init; }

        internal Action? OnTest { get; init; }

        public ValueTask<SecretValues> GenerateAsync(Secret current, CancellationToken cancellationToken)
        {
            Steps.Add("generate");
            return ValueTask.FromResult(ClientRig.Key(next));
        }

        public ValueTask SetAsync(Secret current, Secret pending, CancellationToken cancellationToken) => Step("set", pending);

        public ValueTask TestAsync(Secret current, Secret pending, CancellationToken cancellationToken)
        {
            OnTest?.Invoke();
            return Step("test", pending);
        }

        public ValueTask RollBackAsync(Secret current, Secret pending, CancellationToken cancellationToken) => Step("roll back", pending);

        private ValueTask Step(string step, Secret pending)
        {
            Steps.Add($"{step} {ClientRig.KeyOf(pending)}");
            if (FailsAt == step) throw new InvalidOperationException("it does not work");
            if (DiesAt == step) throw new OperationCanceledException("the process ends");
            return ValueTask.CompletedTask;
        }
    }
}
