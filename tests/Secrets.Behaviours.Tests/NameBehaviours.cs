using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Names and keys, at their bounds and one past, in each profile.</summary>
[TestFixture]
public sealed class NameBehaviours
{
    [TestCase("mosaic", "a", true)]
    [TestCase("mosaic", "my-id-rsa.2", true)]
    [TestCase("mosaic", "a..b", true)]
    [TestCase("mosaic", "", false)]
    [TestCase("mosaic", "A", false)]
    [TestCase("mosaic", "a_b", false)]
    [TestCase("mosaic", "-a", false)]
    [TestCase("mosaic", "a.", false)]
    [TestCase("wandb", "MY_SECRET_1", true)]
    [TestCase("wandb", "1_a", true)]
    [TestCase("wandb", "a-b", false)]
    [TestCase("wandb", "a.b", false)]
    [TestCase("zenml", "mlflow_secret", true)]
    [TestCase("zenml", "name", false)]
    [TestCase("zenml", "name2", true)]
    [TestCase("zenml", "team/db", true)]
    [TestCase("zenml", "a/../b", false)]
    [TestCase("paperspace", "a", true)]
    [TestCase("paperspace", "Token_1", true)]
    [TestCase("paperspace", "1token", false)]
    [TestCase("paperspace", "_token", false)]
    [TestCase("paperspace", "a-b", false)]
    [TestCase("bento", "my-secret.1", true)]
    [TestCase("bento", "my secret", false)]
    [Behaviour("M18", "M20", "W01", "Z05", "P14")]
    public async Task A_name_is_taken_or_refused(string profile, string name, bool taken)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        Task Create() => platform.Client.CreateSecretAsync(name, Platform.One("x")).AsTask();
        if (taken)
        {
            await Create();
            Assert.That((await platform.Client.GetSecretAsync(name)).Name, Is.EqualTo(name));
            return;
        }

        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, Create);
        Assert.That(error.Reason, Is.EqualTo("name"));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.Zero);
    }

    [TestCase("mosaic", 253)]
    [TestCase("paperspace", 128)]
    [TestCase("default", 253)]
    [TestCase("zenml", 253)]
    [TestCase("bento", 253)]
    [Behaviour("M19", "P14")]
    public async Task The_longest_name_is_taken_and_one_more_is_not(string profile, int longest)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        await platform.Client.CreateSecretAsync(new string('n', longest), Platform.One("x"));
        await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync(new string('n', longest + 1), Platform.One("x")).AsTask());
    }

    [TestCase("api_key", true)]
    [TestCase("_a1", true)]
    [TestCase("\u043a\u043b\u044e\u0447", true)]
    [TestCase("1a", false)]
    [TestCase("a-b", false)]
    [TestCase("a.b", false)]
    [TestCase("", false)]
    [TestCase("name", false)]
    [Behaviour("Z03", "Z04")]
    public async Task A_ZenML_key_is_an_identifier_and_not_reserved(string key, bool taken)
    {
        await using Platform platform = new(SecretProfiles.ZenMl);
        await platform.Client.CreateSecretAsync("db", Platform.Pair("x"));
        Task Create() => platform.Client.CreateSecretAsync("db2", Platform.Pair("x", key)).AsTask();
        Task Update() => platform.Client.UpdateSecretAsync("db", update => update.Set(key, "x")).AsTask();
        if (taken)
        {
            await Create();
            await Update();
            return;
        }

        Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, Create)).Reason, Is.EqualTo("key"));
        Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, Update)).Reason, Is.EqualTo("key"));
    }

    [Test]
    [Behaviour("Z05")]
    public async Task A_reserved_name_is_refused_on_rename_too()
    {
        await using Platform platform = new(SecretProfiles.ZenMl);
        await platform.Client.CreateSecretAsync("db", Platform.Pair("x"));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.RenameSecretAsync("db", "name").AsTask());
        Assert.That(error.Message, Does.Contain("reserved"));
        Assert.That((await platform.Client.GetSecretAsync("db")).Name, Is.EqualTo("db"));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(8192, true)]
    [TestCase(8193, false)]
    [Behaviour("P15")]
    public async Task A_Paperspace_value_has_1_to_8192_chars(int length, bool taken)
    {
        await using Platform platform = new(SecretProfiles.Paperspace);
        Task Create() => platform.Client.CreateSecretAsync("token", Platform.One(new string('\u00e9', length))).AsTask();
        if (taken) await Create();
        else Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, Create)).Reason, Is.EqualTo("value"));
    }

    [TestCase("my_id_rsa", "my-id-rsa")]
    [TestCase("X_", "x1")]
    [TestCase("_X", "11")]
    [Behaviour("M21")]
    public void A_default_name_is_normalised(string stem, string expected)
    {
        using TemporaryDirectory files = new();
        SecretDraft draft = SecretTypes.Mounted.FromFile(files.Write(stem, "content"));
        Assert.That(draft.Name, Is.EqualTo(expected));
    }

    [Test]
    [Behaviour("M22")]
    public void A_default_name_is_cut_to_63()
    {
        using TemporaryDirectory files = new();
        Assert.That(SecretTypes.Mounted.FromFile(files.Write(new string('a', 80), "content")).Name, Has.Length.EqualTo(63));
    }

    [Test]
    public void There_is_no_profile_of_an_unknown_word()
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretProfiles.Get("gradient"));
        Assert.That(error.Message, Does.Contain("mosaic, wandb, zenml, bento, paperspace"));
        Assert.That(SecretProfiles.Get("ZenML"), Is.SameAs(SecretProfiles.ZenMl));
    }
}
