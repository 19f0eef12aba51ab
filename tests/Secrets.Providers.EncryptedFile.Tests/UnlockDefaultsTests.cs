using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>What opens a store whose options name nothing: what the environment offers, in the documented order.</summary>
[NonParallelizable]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class UnlockDefaultsTests
{
    private static readonly string[] Variables = ["SECRETS_KEY_FILE", "SECRETS_KEY", "SECRETS_PASSPHRASE_FILE", "SECRETS_PASSPHRASE", "CREDENTIALS_DIRECTORY"];

    private readonly Dictionary<string, string?> _before = [];
    private TemporaryDirectory _directory = null!;

    private string StorePath => _directory["app.secrets"];

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        foreach (string variable in Variables)
        {
            _before[variable] = Environment.GetEnvironmentVariable(variable);
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [TearDown]
    public void TearDown()
    {
        foreach (string variable in Variables)
            Environment.SetEnvironmentVariable(variable, _before[variable]);
        _directory.Dispose();
    }

    [Test]
    public void All_that_the_environment_offers_is_tried_in_the_documented_order()
    {
        Set("CREDENTIALS_DIRECTORY", _directory.Path);
        WriteKey("secrets-key");
        Set("SECRETS_PASSPHRASE", "canary-passphrase");
        Set("SECRETS_PASSPHRASE_FILE", _directory["passphrase"]);
        Set("SECRETS_KEY", "secrets-key-1:no");
        Set("SECRETS_KEY_FILE", _directory["app.key"]);
        Assert.That(Labels(), Is.EqualTo(new[]
        {
            $"key file {_directory["app.key"]}",
            "environment variable SECRETS_KEY",
            $"passphrase file {_directory["passphrase"]}",
            "environment variable SECRETS_PASSPHRASE",
            "systemd credential secrets-key",
        }));
    }

    [Test]
    public void The_key_file_beside_the_store_is_for_an_environment_that_offers_nothing()
    {
        Assert.That(Labels(), Is.EqualTo(new[] { $"key file {StorePath}.key" }));
        // Systemd passes other credentials too, and a variable that is empty says nothing.
        Set("CREDENTIALS_DIRECTORY", _directory.Path);
        Set("SECRETS_KEY_FILE", "");
        Assert.That(Labels(), Is.EqualTo(new[] { $"key file {StorePath}.key" }));
        Set("SECRETS_PASSPHRASE", "canary-passphrase");
        Assert.That(Labels(), Is.EqualTo(new[] { "environment variable SECRETS_PASSPHRASE" }));
    }

    [Test]
    public async Task The_systemd_credential_opens_the_store()
    {
        WriteKey("secrets-key");
        Set("CREDENTIALS_DIRECTORY", _directory.Path);
        await CreateAsync();
        Assert.That(await OpenAsync(), Is.EqualTo("value"));
        File.Delete(_directory["secrets-key"]);
        await AssertRefusedAsync("key-file-missing");
    }

    [Test]
    public async Task The_key_in_a_variable_opens_the_store()
    {
        Set("SECRETS_KEY", File.ReadAllText(WriteKey("key")));
        await CreateAsync();
        Assert.That(await OpenAsync(), Is.EqualTo("value"));
        Set("SECRETS_KEY", File.ReadAllText(WriteKey("another")));
        await AssertRefusedAsync("wrong-key");
        Assert.That(File.Exists(StorePath + ".key"), Is.False);
    }

    [Test]
    public async Task Both_passphrase_variables_hold_the_same_passphrase_and_a_line_feed_at_the_end_of_the_file_is_none_of_it()
    {
        Set("SECRETS_PASSPHRASE", "canary-passphrase");
        await CreateAsync();
        Set("SECRETS_PASSPHRASE", null);
        Set("SECRETS_PASSPHRASE_FILE", Write("passphrase", "canary-passphrase\r\n"));
        Assert.That(await OpenAsync(), Is.EqualTo("value"));
        Set("SECRETS_PASSPHRASE_FILE", Write("passphrase", " canary-passphrase\n"));
        await AssertRefusedAsync("wrong-key");
    }

    [Test]
    public async Task One_that_fails_does_not_keep_the_next_from_being_tried()
    {
        Set("SECRETS_KEY", File.ReadAllText(WriteKey("key")));
        await CreateAsync();
        Set("SECRETS_KEY_FILE", _directory["nowhere.key"]);
        Set("SECRETS_PASSPHRASE_FILE", _directory["nowhere"]);
        Assert.That(await OpenAsync(), Is.EqualTo("value"));
    }

    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.GroupWrite)]
    [TestCase(UnixFileMode.OtherWrite)]
    public void A_passphrase_file_that_others_can_read_or_write_is_refused_as_a_key_file_is(UnixFileMode others)
    {
        Set("SECRETS_PASSPHRASE_FILE", Write("passphrase", "canary-passphrase"));
        File.SetUnixFileMode(_directory["passphrase"], UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        AssertPassphraseRefused("passphrase-file-permissions", "chmod 600");
    }

    [Test]
    public void A_passphrase_file_that_is_missing_or_empty_or_no_passphrase_is_said()
    {
        Set("SECRETS_PASSPHRASE_FILE", _directory["passphrase"]);
        AssertPassphraseRefused("passphrase-file", "cannot be read");
        Write("passphrase", new string('x', 64 * 1024));
        AssertPassphraseRefused("passphrase-file", "too long");
        Write("passphrase", "\n");
        AssertPassphraseRefused("passphrase-missing", "not empty");
    }

    private static void Set(string variable, string? text) => Environment.SetEnvironmentVariable(variable, text);

    private IEnumerable<string> Labels() => UnlockDefaults.For(StorePath).Select(method => method.Label);

    private string WriteKey(string name)
    {
        using SealingKey key = SealingKey.Generate();
        return Write(name, System.Text.Encoding.ASCII.GetString(KeyText.Format(key)));
    }

    private string Write(string name, string text)
    {
        string path = _directory.Write(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private EncryptedFileOptions Options() => new(StorePath) { Anchor = new Faults.SimulatedStore.ForgetfulAnchor() };

    private async Task CreateAsync()
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options());
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
    }

    private async Task<string?> OpenAsync()
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(Options());
        return await StoreBench.ReadAsync(store, StoreBench.Db);
    }

    private async Task AssertRefusedAsync(string reason)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await OpenAsync())!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, reason)), refused.Message);
        await Task.CompletedTask;
    }

    // Before half a second of work is done.
    private void AssertPassphraseRefused(string reason, string says)
    {
        using KeyHierarchy keys = new(Guid.NewGuid(), SealingKey.Generate());
        UnlockMethod method = UnlockDefaults.For(StorePath).Single();
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await method.CreateSlotAsync(keys, DateTimeOffset.UnixEpoch, default))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, reason)));
        Assert.That(refused.Message, Does.Contain(says).And.Contain(_directory["passphrase"]).And.Not.Contain("canary"));
    }
}
