using System.Buffers.Binary;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>Each wrong thing has its own coded error that says what to do, and no file is touched.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class BadInputTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_wrong_key_file()
    {
        await CreateAsync();
        using (StoreBench other = new())
        {
            await using EncryptedFileSecretStore unused = await other.CreateAsync();
            File.Copy(other.KeyPath, _bench.KeyPath, overwrite: true);
        }

        await AssertRefusedAsync(SecretErrorCode.Unauthenticated, "wrong-key", "made with");
    }

    [Test]
    public async Task A_wrong_passphrase()
    {
        PassphraseOptions quick = new() { TargetDuration = TimeSpan.Zero };
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.Unlock.Add(UnlockMethod.Passphrase("canary-right", quick))))
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        await using (EncryptedFileSecretStore right = await _bench.OpenAsync(options => options.Unlock.Add(UnlockMethod.Passphrase("canary-right", quick))))
            Assert.That(await StoreBench.ReadAsync(right, StoreBench.Db), Is.EqualTo("value"));
        await AssertRefusedAsync(SecretErrorCode.Unauthenticated, "wrong-key", "passphrase", options => options.Unlock.Add(UnlockMethod.Passphrase("canary-wrong", quick)));
    }

    [Test]
    public async Task A_file_that_is_no_store()
    {
        await CreateAsync();
        await File.WriteAllTextAsync(_bench.Path, "{ \"not\": \"a store\" }");
        await AssertRefusedAsync(SecretErrorCode.InvalidArgument, "wrong-file", "not touched");
        Assert.That(await File.ReadAllTextAsync(_bench.Path), Is.EqualTo("{ \"not\": \"a store\" }"));
    }

    [TestCase(0)]
    [TestCase(5)]
    [TestCase(5000)]
    public async Task A_file_that_a_power_failure_left_empty_or_as_zeros(int length)
    {
        await CreateAsync();
        await File.WriteAllBytesAsync(_bench.Path, new byte[length]);
        await AssertRefusedAsync(SecretErrorCode.Corrupted, "truncated-header", "backup; if it was just being created, delete it");
    }

    [Test]
    public async Task A_truncated_header()
    {
        await CreateAsync();
        byte[] file = await File.ReadAllBytesAsync(_bench.Path);
        await File.WriteAllBytesAsync(_bench.Path, file[..100]);
        await AssertRefusedAsync(SecretErrorCode.Corrupted, "truncated-header", "backup");
    }

    [Test]
    public async Task A_newer_format()
    {
        await CreateAsync();
        byte[] file = await File.ReadAllBytesAsync(_bench.Path);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), 2);
        await File.WriteAllBytesAsync(_bench.Path, file);
        await AssertRefusedAsync(SecretErrorCode.Unsupported, "newer-format", "newer release");
        Assert.That(await File.ReadAllBytesAsync(_bench.Path), Is.EqualTo(file));
    }

    [Test]
    public void A_missing_file() =>
        Assert.That(async () => await AssertRefusedAsync(SecretErrorCode.Unavailable, "file-missing", "Create the store"), Throws.Nothing);

    [Test]
    public void A_missing_directory()
    {
        EncryptedFileOptions options = new(_bench.Directory["nowhere", "app.secrets"]) { Anchor = _bench.Anchor };
        options.Unlock.Add(UnlockMethod.KeyFile(_bench.KeyPath));
        foreach (Func<Task> attempt in new Func<Task>[]
        {
            async () => await EncryptedFileSecretStore.OpenAsync(options),
            async () => await EncryptedFileSecretStore.CreateAsync(options),
        })
        {
            SecretException refused = Assert.ThrowsAsync<SecretException>(() => attempt())!;
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "directory-missing")));
            Assert.That(refused.Message, Does.Contain("Create it, or correct the path"));
        }

        Assert.That(File.Exists(_bench.KeyPath), Is.False, "No key is made for a store that cannot be.");
    }

    [Test]
    public async Task A_path_that_is_a_link()
    {
        await CreateAsync();
        File.Move(_bench.Path, _bench.Directory["elsewhere"]);
        File.CreateSymbolicLink(_bench.Path, _bench.Directory["elsewhere"]);
        await AssertRefusedAsync(SecretErrorCode.InvalidArgument, "path-is-link", "itself");
        SecretException created = Assert.ThrowsAsync<SecretException>(async () => await _bench.CreateAsync())!;
        Assert.That(created.Reason, Is.EqualTo("already-exists"));
    }

    [Test]
    public async Task A_lock_file_that_is_a_link()
    {
        await using (EncryptedFileSecretStore created = await _bench.CreateAsync())
            _ = created.Name;
        File.Delete(_bench.Path + ".lock");
        await using EncryptedFileSecretStore store = await _bench.OpenAsync();
        File.CreateSymbolicLink(_bench.Path + ".lock", _bench.Directory["elsewhere"]);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "path-is-link")));
        Assert.That(File.Exists(_bench.Directory["elsewhere"]), Is.False);
    }

    [Test]
    public async Task A_path_whose_link_leads_nowhere()
    {
        File.CreateSymbolicLink(_bench.Path, _bench.Directory["nowhere"]);
        await AssertRefusedAsync(SecretErrorCode.InvalidArgument, "path-is-link", "itself");
        SecretException created = Assert.ThrowsAsync<SecretException>(async () => await _bench.CreateAsync())!;
        Assert.That(created.Reason, Is.EqualTo("already-exists"));
        Assert.That(File.Exists(_bench.Directory["nowhere"]), Is.False);
    }

    [Test]
    public void A_path_that_is_a_directory()
    {
        Directory.CreateDirectory(_bench.Path);
        Assert.That(async () => await AssertRefusedAsync(SecretErrorCode.InvalidArgument, "path-is-directory", "a file in it"), Throws.Nothing);
    }

    [Test]
    public async Task A_store_that_exists_is_never_created_over()
    {
        await CreateAsync();
        byte[] file = await File.ReadAllBytesAsync(_bench.Path);
        byte[] key = await File.ReadAllBytesAsync(_bench.KeyPath);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.CreateAsync())!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.AlreadyExists, "already-exists")));
        Assert.That(await File.ReadAllBytesAsync(_bench.Path), Is.EqualTo(file));
        Assert.That(await File.ReadAllBytesAsync(_bench.KeyPath), Is.EqualTo(key));
    }

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite)]
    public async Task A_key_file_that_others_can_read(UnixFileMode mode)
    {
        await CreateAsync();
        File.SetUnixFileMode(_bench.KeyPath, mode);
        await AssertRefusedAsync(SecretErrorCode.Unauthenticated, "key-file-permissions", "chmod 600");
    }

    [Test]
    public async Task A_missing_key_file()
    {
        await CreateAsync();
        File.Delete(_bench.KeyPath);
        await AssertRefusedAsync(SecretErrorCode.Unauthenticated, "key-file-missing", "backup");
        Assert.That(File.Exists(_bench.KeyPath), Is.False, "Opening makes no key.");
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("\0\0\0\0")]
    public async Task A_key_file_that_is_empty(string text)
    {
        await File.WriteAllTextAsync(_bench.KeyPath, text);
        File.SetUnixFileMode(_bench.KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.CreateAsync())!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "key-malformed")));
            Assert.That(refused.Message, Does.Contain("if no store was made with it yet, delete it and try again"));
            Assert.That(File.ReadAllText(_bench.KeyPath), Is.EqualTo(text), "What is there is never overwritten.");
            Assert.That(File.Exists(_bench.Path), Is.False);
        });
    }

    [Test]
    public async Task A_key_file_that_holds_no_key()
    {
        await CreateAsync();
        await File.WriteAllTextAsync(_bench.KeyPath, "not-a-real-key");
        await AssertRefusedAsync(SecretErrorCode.Unauthenticated, "key-malformed", "secrets-key-1:");
    }

    [Test]
    public async Task A_lock_that_another_keeps()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.LockTimeout = TimeSpan.Zero);
        using IStoreFile? held = PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".lock");
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "locked")));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("encrypted-file://host/path")]
    [TestCase("encrypted-file:///path?query")]
    [TestCase("directory/")]
    public void A_text_that_is_no_place(string text)
    {
        SecretException refused = Assert.Throws<SecretException>(() => _ = new EncryptedFileOptions(text))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "store-path")));
    }

    [TestCase("encrypted-file:///var/lib/app/app.secrets", "/var/lib/app/app.secrets")]
    [TestCase("encrypted-file:///var/lib/my%20app/app.secrets", "/var/lib/my app/app.secrets")]
    [TestCase("/var/lib/../app.secrets", "/var/app.secrets")]
    public void A_place_is_a_path_or_a_url(string text, string path) => Assert.That(new EncryptedFileOptions(text).Path, Is.EqualTo(path));

    private async Task CreateAsync()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
    }

    private async Task AssertRefusedAsync(SecretErrorCode code, string reason, string says, Action<EncryptedFileOptions>? configure = null)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.OpenAsync(configure))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((code, reason)), refused.Message);
            Assert.That(refused.Message, Does.Contain(says));
        });
        await Task.CompletedTask;
    }
}
