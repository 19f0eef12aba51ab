using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Snippets;

[NonParallelizable]
public sealed class EncryptedFileSnippets
{
    private readonly string _before = Environment.CurrentDirectory;
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void GoThere()
    {
        _directory = new TemporaryDirectory();
        Environment.SetEnvironmentVariable("XDG_STATE_HOME", _directory["state"]);
        Environment.CurrentDirectory = _directory.Path;
    }

    [TearDown]
    public void Leave()
    {
        foreach (string variable in new[] { "XDG_STATE_HOME", "APP_KEY", "CREDENTIALS_DIRECTORY" })
            Environment.SetEnvironmentVariable(variable, null);
        Environment.CurrentDirectory = _before;
        _directory.Dispose();
    }

    [Test]
    public async Task Create_and_unlock()
    {
        SecretValue recovery = Canary.Text();

        #region create-encrypted-file
        EncryptedFileOptions options = new("app.secrets")
        {
            Unlock = { UnlockMethod.KeyFile("app.key"), UnlockMethod.Passphrase(recovery) },     // a slot for each; any one opens the store
            MaxVersions = 500,                                                                   // what the store says from now on
        };
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options))
            Console.WriteLine(string.Join(", ", store.Slots.List()));
        #endregion

        Environment.SetEnvironmentVariable("APP_KEY", await File.ReadAllTextAsync("app.key"));
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", _directory.Path);

        #region unlock-methods
        UnlockMethod[] methods =
        [
            UnlockMethod.KeyFile("app.key"),                     // made with mode 0600 when a slot is; refused if others can read it
            UnlockMethod.EnvironmentVariable("APP_KEY"),         // holds the text of a key file
            UnlockMethod.SystemdCredential("app.key"),           // LoadCredential=app.key:/etc/app/app.key in the unit
            UnlockMethod.Passphrase(recovery),                   // half a second of PBKDF2, calibrated when the slot is made
        ];
        #endregion

        foreach (UnlockMethod method in methods)
        {
            await using EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(new EncryptedFileOptions("app.secrets") { Unlock = { method } });
            Assert.That(opened.Maintenance.GetStatus().Retention, Is.EqualTo(new EncryptedFileRetention(500)));
        }
    }

    [Test]
    public async Task Look_after_it()
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(new EncryptedFileOptions("app.secrets"));

        #region slots
        UnlockSlot second = await store.Slots.AddAsync(UnlockMethod.KeyFile("second.key"));
        UnlockSlot third = await store.Slots.ReplaceAsync(second.Id, UnlockMethod.KeyFile("third.key"));    // one commit
        await store.Slots.RemoveAsync(third.Id);
        #endregion

        Assert.That(store.Slots.List(), Has.Count.EqualTo(1));

        #region maintenance
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(500, TimeSpan.FromDays(90)));
        int pruned = await store.Maintenance.PruneAsync();                                    // now; else when each secret is next written
        await store.Maintenance.RotateKeyAsync();                                             // a new key-encryption key; ends with a compaction
        await store.Maintenance.CompactAsync();                                               // happens by itself too
        EncryptedFileVerification found = await store.Maintenance.VerifyAsync();              // the file anew, and every value in it
        EncryptedFileStatus status = store.Maintenance.GetStatus();                           // numbers only
        #endregion

        Assert.That((pruned, found.IsSound, status.KeyEpoch), Is.EqualTo((0, true, 2u)));
        Assert.That(status.Retention, Is.EqualTo(new EncryptedFileRetention(500, TimeSpan.FromDays(90))));
    }

    [Test]
    public async Task Delete_in_four_ways()
    {
        await (await EncryptedFileSecretStore.CreateAsync(new EncryptedFileOptions("app.secrets"))).DisposeAsync();
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseEncryptedFile("app.secrets"));
        await client.CreateSecretAsync("db", new() { ["password"] = "not-a-real-one" });
        await client.UpdateSecretAsync("db", update => update.Set("password", "a-newer-one"));

        #region deletion
        await client.DeleteSecretAsync(new SecretLookup("db") { Version = new SecretVersion("1") });   // one version is destroyed
        await client.DeleteSecretAsync("db");                                                         // recoverable
        await client.RecoverSecretAsync(new SecretLookup("db"));
        await client.PurgeSecretAsync(new SecretLookup("db"));                                        // all of it is destroyed
        #endregion

        Assert.That(async () => await client.GetSecretAsync("db"), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Code)).EqualTo(SecretErrorCode.NotFound));
    }

    [Test]
    public async Task A_host_that_makes_its_store_and_hears_of_warnings()
    {
        string anchorDirectory = _directory["anchors"];
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        using ILoggerFactory loggers = LoggerFactory.Create(_ => { });
        ILogger logger = loggers.CreateLogger("store");

        #region host-options
        builder.AddSecrets(secrets => secrets.UseEncryptedFile("app.secrets", options =>
        {
            options.CreateIfMissing = true;                                                      // else a missing file is an error
            options.Anchor = new FileRollbackAnchor(anchorDirectory);                            // else in the user's state directory
            options.RollbackPolicy = RollbackPolicy.Fail;                                        // the default: an older file is not opened
            options.OnWarning = warning => logger.LogWarning("{Reason}: {Message}", warning.Reason, warning.Message);
        }));
        #endregion

        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<ISecretsClient>().CreateSecretAsync("db", new() { ["password"] = "not-a-real-one" });
        Assert.That(Directory.EnumerateFiles(anchorDirectory), Has.Exactly(1).Items);
        await host.StopAsync();
    }
}
