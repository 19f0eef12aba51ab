using Secrets.Testing;

namespace Secrets.Providers.Encryption.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class UnlockMethodTests
{
    private static readonly Guid StoreId = new("00112233-4455-6677-8899-aabbccddeeff");
    private TemporaryDirectory _directory = null!;
    private KeyHierarchy _keys = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _keys = new KeyHierarchy(StoreId, SealingKey.Generate());
    }

    [TearDown]
    public void TearDown()
    {
        _keys.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task A_key_file_is_made_for_its_owner_alone_and_opens_its_slot()
    {
        UnlockMethod method = UnlockMethod.KeyFile(_directory["app.key"]);
        UnlockSlot slot = await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        Assert.That(File.GetUnixFileMode(_directory["app.key"]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(await File.ReadAllTextAsync(_directory["app.key"]), Does.Match("^secrets-key-1:[A-Za-z0-9_-]{43}\n$"));
        await AssertOpensAsync(method, slot);
    }

    [Test]
    public async Task A_key_file_that_is_there_is_used_and_not_overwritten()
    {
        UnlockMethod method = UnlockMethod.KeyFile(_directory["app.key"]);
        await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        string before = await File.ReadAllTextAsync(_directory["app.key"]);
        UnlockMethod again = UnlockMethod.KeyFile(_directory["app.key"]);
        await AssertOpensAsync(again, await again.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default));
        Assert.That(await File.ReadAllTextAsync(_directory["app.key"]), Is.EqualTo(before));
    }

    [Test]
    public async Task An_environment_variable_and_a_systemd_credential_hold_the_text_of_a_key_file()
    {
        using SealingKey key = SealingKey.Generate();
        byte[] text = KeyText.Format(key);
        Environment.SetEnvironmentVariable("SECRETS_TEST_KEY", System.Text.Encoding.ASCII.GetString(text));
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", _directory.Path);
        try
        {
            await File.WriteAllBytesAsync(_directory["the-credential"], text);
            UnlockMethod variable = UnlockMethod.EnvironmentVariable("SECRETS_TEST_KEY");
            UnlockMethod credential = UnlockMethod.SystemdCredential("the-credential");
            UnlockSlot slot = await variable.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
            await AssertOpensAsync(variable, slot);
            await AssertOpensAsync(credential, slot);
            AssertRefused(UnlockMethod.SystemdCredential("another"), slot, "credential-missing");
            AssertRefused(UnlockMethod.EnvironmentVariable("SECRETS_TEST_NO_KEY"), slot, "key-variable-missing");
        }
        finally
        {
            Environment.SetEnvironmentVariable("SECRETS_TEST_KEY", null);
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        }
    }

    [TestCase("..")]
    [TestCase("../key")]
    [TestCase("a/b")]
    [TestCase("")]
    public void A_credential_name_cannot_leave_its_directory(string name) =>
        Assert.That(() => UnlockMethod.SystemdCredential(name), Throws.InstanceOf<SecretException>().Or.InstanceOf<ArgumentException>());

    [Test]
    public async Task A_passphrase_opens_its_slot_and_no_other_does()
    {
        PassphraseOptions quick = new() { TargetDuration = TimeSpan.Zero };
        UnlockMethod method = UnlockMethod.Passphrase("canary-right", quick);
        UnlockSlot slot = await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        await AssertOpensAsync(method, slot);
        Assert.That(await UnlockMethod.Passphrase("canary-wrong", quick).TryOpenSlotAsync(StoreId, slot, default), Is.Null);
        Assert.That(BitConverter.ToUInt32(slot.Parameters.Span[32..]), Is.EqualTo(PassphraseOptions.MinIterations));
        AssertRefused(UnlockMethod.Passphrase(SecretValue.Empty), slot, "passphrase-missing");
        AssertRefused(UnlockMethod.Passphrase(_ => ValueTask.FromResult<SecretValue?>(null)), slot, "passphrase-missing");
    }

    [Test]
    public async Task An_external_key_opens_its_slot_and_never_sees_the_root_key()
    {
        RecordingProtector protector = new();
        UnlockMethod method = UnlockMethod.External(protector);
        UnlockSlot slot = await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        await AssertOpensAsync(method, slot);
        Assert.Multiple(() =>
        {
            Assert.That(protector.Seen, Is.Not.EqualTo(_keys.RevealRoot().ToArray()));
            Assert.That(protector.AskedFor, Is.EqualTo("kms/key-1"));
        });
    }

    [Test]
    public async Task What_a_crash_left_of_a_key_file_is_swept_and_nothing_else()
    {
        string[] names = ["app.key.creating-0123abcd", "app.key.creating-mine", "app.key.creating-0123ABCD", "other.key.creating-0123abcd", "app.key.bak"];
        foreach (string name in names)
            _directory.Write(name, "");
        await UnlockMethod.KeyFile(_directory["app.key"]).CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        Assert.That(Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName), Is.EquivalentTo(names[1..].Append("app.key")));
    }

    [Test]
    public async Task A_key_file_is_read_through_links_as_they_are_mounted()
    {
        UnlockSlot slot = await UnlockMethod.KeyFile(_directory["app.key"]).CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        File.CreateSymbolicLink(_directory["mounted"], _directory["app.key"]);
        UnlockMethod method = UnlockMethod.KeyFile(_directory["mounted"]);
        await AssertOpensAsync(method, slot);
        await AssertOpensAsync(method, await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default));
    }

    [Test]
    public async Task Many_that_make_one_key_file_at_once_make_one_key()
    {
        for (int round = 0; round < 50; round++)
        {
            string path = _directory[$"{round}.key"];
            using Barrier together = new(4);
            UnlockSlot[] slots = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return UnlockMethod.KeyFile(path).CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default).AsTask();
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
            foreach (UnlockSlot slot in slots)
                await AssertOpensAsync(UnlockMethod.KeyFile(path), slot);
        }
    }

    [Test]
    public async Task A_slot_opens_for_its_own_store_only()
    {
        UnlockMethod method = UnlockMethod.KeyFile(_directory["app.key"]);
        UnlockSlot slot = await method.CreateSlotAsync(_keys, DateTimeOffset.UnixEpoch, default);
        Assert.That(await method.TryOpenSlotAsync(Guid.NewGuid(), slot, default), Is.Null);
    }

    [TestCase("")]
    [TestCase("secrets-key-1:")]
    [TestCase("secrets-key-1:AAAA")]
    [TestCase("secrets-key-2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("secrets-key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("secrets-key-1:AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("secrets-key-1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void A_text_that_is_no_key_is_not_taken_for_one(string text) =>
        Assert.That(KeyText.TryParse(System.Text.Encoding.UTF8.GetBytes(text)), Is.Null);

    [Test]
    public void Keys_print_as_stars()
    {
        using SealingKey key = SealingKey.Generate();
        Assert.That($"{key}", Is.EqualTo("***"));
    }

    private async Task AssertOpensAsync(UnlockMethod method, UnlockSlot slot)
    {
        using SealingKey? root = await method.TryOpenSlotAsync(StoreId, slot, default);
        Assert.That(root!.RevealBytes().SequenceEqual(_keys.RevealRoot()), Is.True);
    }

    private static void AssertRefused(UnlockMethod method, UnlockSlot slot, string reason)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await method.TryOpenSlotAsync(StoreId, slot, default))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, reason)));
    }

    private sealed class RecordingProtector : IRootKeyProtector
    {
        public string KeyId => "kms/key-1";

        internal byte[] Seen { get; private set; } = [];

        internal string? AskedFor { get; private set; }

        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
        {
            Seen = key.ToArray();
            return ValueTask.FromResult<byte[]>([.. Seen.Select(value => (byte)~value)]);
        }

        public ValueTask<byte[]?> UnprotectAsync(string keyId, ReadOnlyMemory<byte> protectedKey, CancellationToken cancellationToken)
        {
            AskedFor = keyId;
            return ValueTask.FromResult<byte[]?>([.. protectedKey.ToArray().Select(value => (byte)~value)]);
        }
    }
}
