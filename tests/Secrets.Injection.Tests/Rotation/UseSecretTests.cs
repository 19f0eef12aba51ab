using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Rotation;

[TestFixture]
internal sealed class UseSecretTests
{
    [Test]
    public async Task A_refused_credential_is_asked_for_again_and_used_anew()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        rig.Put("db", "new");

        string used = await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "new"), IsRefused);

        Assert.That(used, Is.EqualTo("new"));
        Assert.That(rig.Reads, Is.EqualTo(2));
    }

    [Test]
    public async Task The_value_before_is_used_while_both_are_valid_and_only_the_new_one_is_offered()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        rig.Put("db", "new");
        await rig.Client.RefreshSecretAsync(new SecretLookup("db"));

        Assert.That(await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "old"), IsRefused), Is.EqualTo("old"));
        rig.Pass(TimeSpan.FromMinutes(61));

        Assert.That(async () => await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "old"), IsRefused), Throws.InstanceOf<UnauthorizedAccessException>(), "its grace is over");
    }

    [Test]
    public async Task A_host_that_started_after_the_rotation_finds_the_value_before_in_the_store()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        rig.Put("db", "new");

        Assert.That(await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "old"), IsRefused), Is.EqualTo("old"));
    }

    [Test]
    public async Task A_credential_that_is_refused_all_the_time_is_no_load_for_the_store()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        rig.Put("db", "new");
        for (int i = 0; i < 100; i++)
            Assert.That(async () => await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "none"), IsRefused), Throws.InstanceOf<UnauthorizedAccessException>());

        Assert.That(rig.Store.Calls.Total, Is.LessThanOrEqualTo(4), "the value, once more, its versions, the one before");
    }

    [Test]
    public async Task A_refusal_of_everything_is_the_callers_own_exception()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");

        Assert.That(async () => await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "other"), IsRefused), Throws.InstanceOf<UnauthorizedAccessException>());
        Assert.That(async () => await rig.Client.UseSecretAsync("db", _ => throw new TimeoutException(), IsRefused), Throws.InstanceOf<TimeoutException>(), "what is no refusal comes through at once");
    }

    [Test]
    public async Task A_thousand_refusals_ask_the_store_once()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        Secret old = await rig.Client.GetSecretAsync("db");
        long before = rig.Reads;

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () => await rig.Client.ReportRefusedAsync(new SecretLookup("db"), old.Version))));

        Assert.That(rig.Reads - before, Is.EqualTo(1));
        rig.Time.Advance(TimeSpan.FromSeconds(6));
        await rig.Client.ReportRefusedAsync(new SecretLookup("db"), old.Version);
        Assert.That(rig.Reads - before, Is.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_during_an_outage_still_tries_the_value_before()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        rig.Put("db", "new");
        await rig.Client.RefreshSecretAsync(new SecretLookup("db"));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        Assert.That(await rig.Client.UseSecretAsync("db", secret => ConnectAsync(secret, "old"), IsRefused), Is.EqualTo("old"));
    }

    private static bool IsRefused(Exception error) => error is UnauthorizedAccessException;

    private static Task<string> ConnectAsync(Secret secret, string accepted) =>
        ClientRig.KeyOf(secret) == accepted ? Task.FromResult(accepted) : Task.FromException<string>(new UnauthorizedAccessException());
}
