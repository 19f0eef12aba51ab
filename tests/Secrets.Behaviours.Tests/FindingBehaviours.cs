using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>By name, by id, by the beginning of either.</summary>
[TestFixture]
public sealed class FindingBehaviours
{
    [Test]
    [Behaviour("Z25")]
    public async Task An_exact_name_beats_a_part_of_another()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("x"));
        await platform.Client.CreateSecretAsync("db2", Platform.Pair("x"), Platform.Private);
        Assert.That((await platform.Client.FindSecretAsync("db", allowPartialName: true)).Name, Is.EqualTo("db"));
        Assert.That((await platform.Client.FindSecretAsync("db2", allowPartialName: true)).Name, Is.EqualTo("db2"));
    }

    [Test]
    [Behaviour("Z26")]
    public async Task What_fits_several_is_an_error_that_lists_ids_and_names()
    {
        await using Platform platform = new();
        SecretProperties one = await platform.Client.CreateSecretAsync("openai-1", Platform.Pair("x"));
        SecretProperties two = await platform.Client.CreateSecretAsync("openai-2", Platform.Pair("x"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.Ambiguous, () => platform.Client.FindSecretAsync("openai", allowPartialName: true).AsTask());
        Assert.That(error.Message, Does.Contain("openai-1").And.Contain("openai-2").And.Contain(one.Id.ToString()).And.Contain(two.Id.ToString()));
    }

    [Test]
    [Behaviour("Z27", "Z28")]
    public async Task An_id_finds_and_so_does_its_beginning()
    {
        await using Platform platform = new();
        SecretProperties db = await platform.Client.CreateSecretAsync("db", Platform.Pair("x"));
        Assert.That((await platform.Client.FindSecretAsync(db.Id.ToString())).Name, Is.EqualTo("db"));
        Assert.That((await platform.Client.FindSecretAsync(db.Id.ToString("N"))).Name, Is.EqualTo("db"));
        Assert.That((await platform.Client.FindSecretAsync(db.Id.ToString("D")[..9])).Name, Is.EqualTo("db"));
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.FindSecretAsync(db.Id.ToString(), SecretVisibility.Private).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.FindSecretAsync(Guid.NewGuid().ToString()).AsTask());
    }

    [Test]
    [Behaviour("Z30")]
    public async Task A_part_of_a_name_is_not_enough_to_change_or_delete()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("openai_secret", Platform.Pair("x"));
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.FindSecretAsync("openai").AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.UpdateSecretAsync("openai", update => update.Set("key", "y")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => platform.Client.DeleteSecretAsync("openai").AsTask());
        Assert.That((await platform.Client.GetSecretAsync("openai_secret"))["key"].RevealString(), Is.EqualTo("x"));
    }

    [Test]
    public async Task An_outage_is_no_reason_to_look_further()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("openai_secret", Platform.Pair("x"));
        using IDisposable fault = platform.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Describe });
        await Platform.RefusedAsync(SecretErrorCode.Unavailable, () => platform.Client.FindSecretAsync("openai", allowPartialName: true).AsTask());
    }

    [Test]
    [Behaviour("Z29")]
    public async Task A_secret_without_keys_is_read_and_empty()
    {
        await using Platform platform = new();
        platform.Store.Put(SecretAddress.Public("empty"), []);
        Assert.That((await platform.Client.GetSecretAsync("empty")).Keys, Is.Empty);
    }
}
