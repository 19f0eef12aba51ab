using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Mounting;

[TestFixture, Platform(Exclude = "Win")]
public sealed class SecretMountTests
{
    private DeliveryClient _client = null!;
    private TemporaryDirectory _directory = null!;

    private string Root => Path.Combine(_directory.Path, "mount");

    [SetUp]
    public void Prepare()
    {
        _client = new DeliveryClient();
        _directory = new TemporaryDirectory();
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test, Behaviour("M31", "M33", "M34", "M35", "M36")]
    public async Task The_layout_is_the_kubelets_and_the_modes_are_set()
    {
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", "content"));
        await _client.Put("key", new() { ["private_key"] = "not-a-real-key" }, "ssh");
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["m", "key"])).MountAsync(Root);

        string link = Path.Combine(Root, "m", "secret");
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo("..data/secret"));
        Assert.That(new FileInfo(Path.Combine(Root, "m", "..data")).LinkTarget, Does.Match(@"^\.\.\d{4}_\d\d_\d\d_\d\d_\d\d_\d\d\.\d+$"));
        Assert.That(File.ReadAllText(link), Is.EqualTo("content"));
        Assert.That(UnixModes.Get(link), Is.EqualTo((UnixFileMode)0b110_100_100));
        Assert.That(UnixModes.Get(Path.Combine(Root, "key", "secret")), Is.EqualTo(UnixFileMode.UserRead));
        Assert.That(UnixModes.Get(Path.Combine(Root, "m")), Is.EqualTo((UnixFileMode)0b111_000_000), "0700");
        Assert.That(mount.Files, Is.EqualTo(new[] { Path.Combine(Root, "key", "secret"), link }));
    }

    [Test]
    public async Task Variables_name_the_files_where_they_are_mounted()
    {
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", "content"));
        InjectionPlan plan = await _client.PlanInjectionAsync(["m"]);
        await using SecretMount mount = await plan.MountAsync(Root);
        System.Diagnostics.ProcessStartInfo start = new();
        plan.ApplyTo(start, mount);
        Assert.That(File.ReadAllText(start.Environment["SECRET_PATH_M"]!), Is.EqualTo("content"));
    }

    [Test, Behaviour("M64")]
    public async Task The_oci_config_names_the_key_where_it_is_mounted()
    {
        await _client.Put("oci", new() { ["config"] = "[DEFAULT]\nkey_file=~/x.pem\n", ["key_file"] = "k" }, "oci");
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["oci"])).MountAsync(Root);
        Assert.That(File.ReadAllText(Path.Combine(Root, "oci", "config")), Is.EqualTo($"[DEFAULT]\nkey_file={Root}/oci/key_file\n"));
    }

    [Test, Behaviour("B12", "B13")]
    public async Task Files_in_sub_paths_are_there_and_read_only()
    {
        await _client.Put("f", new() { ["user"] = "u", ["password"] = "p" }, "file");
        SecretAttachment attachment = new(new SecretLookup("f")) { SubPaths = new Dictionary<string, string> { ["password"] = "secrets/deep" } };
        await using SecretMount mount = await (await _client.PlanInjectionAsync([attachment], new InjectionOptions { BentoHome = Root })).MountAsync(Path.Combine(_directory.Path, "other"));
        Assert.That(File.ReadAllText(Path.Combine(Root, "secrets", "deep", "password")), Is.EqualTo("p"));
        Assert.That(UnixModes.Get(Path.Combine(Root, "user")), Is.EqualTo(UnixFileMode.UserRead));
        Assert.That(new DirectoryInfo(Path.Combine(Root, "secrets")).LinkTarget, Is.EqualTo("..data/secrets"));
    }

    [Test]
    public async Task A_change_swaps_the_files_and_the_ones_before_stay_for_thirty_seconds()
    {
        ManualTimeProvider time = new();
        await _client.Put("f", new() { ["a"] = "1", ["b"] = "1" }, "file");
        TaskCompletionSource updated = new();
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, new SecretMountOptions { TimeProvider = time, OnUpdated = updated.SetResult });
        SecretMountSnapshot before = mount.OpenSnapshot("f");

        await _client.Change("f", u => u.Set("a", "2").Set("b", "2").Set("c", "2"));
        await updated.Task;

        SecretMountSnapshot after = mount.OpenSnapshot("f");
        Assert.That((before.Read("a").RevealString(), before.Read("b").RevealString()), Is.EqualTo(("1", "1")), "an open snapshot stays whole");
        Assert.That((after.Read("a").RevealString(), after.Read("b").RevealString()), Is.EqualTo(("2", "2")));
        Assert.That(File.ReadAllText(Path.Combine(Root, "f", "c")), Is.EqualTo("2"));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(before.Read("a").RevealString(), Is.EqualTo("1"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(() => before.Read("a"), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound));
        Assert.That(Directory.GetDirectories(Path.Combine(Root, "f"), "..2*"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_key_that_goes_takes_its_file_with_it()
    {
        await _client.Put("f", new() { ["a"] = "1", ["b"] = "1" }, "file");
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, new SecretMountOptions { Follow = false });
        await _client.Change("f", u => u.Remove("b"));
        Assert.That(await mount.UpdateAsync(), Is.True);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Root, "f")).Select(Path.GetFileName), Does.Contain("a").And.Not.Contain("b"));
    }

    [Test]
    public async Task A_change_that_changes_no_byte_writes_nothing() // vault #20917
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, new SecretMountOptions { Follow = false });
        string generation = mount.OpenSnapshot("f").Generation;
        await _client.Change("f", u => u.Description = "new");
        Assert.That(await mount.UpdateAsync(), Is.False);
        Assert.That(mount.OpenSnapshot("f").Generation, Is.EqualTo(generation));
    }

    [Test]
    public async Task A_secret_that_cannot_be_read_leaves_the_files_as_they_were() // Azure App Configuration, go-cloud
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        TaskCompletionSource<Exception> failed = new();
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, new SecretMountOptions { OnError = failed.SetResult });
        await _client.DeleteSecretAsync("f");
        await _client.Put("f", new() { ["..data"] = "x" }, "file");
        await _client.Change("f", u => u.Set("more", "1"));
        await failed.Task;
        Assert.That(mount.LastError, Is.TypeOf<SecretException>());
        Assert.That(File.ReadAllText(Path.Combine(Root, "f", "a")), Is.EqualTo("1"));
    }

    [Test]
    public async Task Disposing_removes_every_file_link_and_directory()
    {
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", "content"));
        SecretMount mount = await (await _client.PlanInjectionAsync(["m"])).MountAsync(Path.Combine(Root, "deeper"));
        await mount.DisposeAsync();
        Assert.That(Directory.EnumerateFileSystemEntries(_directory.Path), Is.Empty);
        Assert.That(_client.Followers, Is.Zero);
    }

    [Test]
    public async Task A_killed_writer_leaves_nothing_that_the_next_one_does_not_sweep() // kubelet #121472
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        string directory = Path.Combine(Root, "f");
        Directory.CreateDirectory(Path.Combine(directory, "..2026_01_01_00_00_00.1"));
        File.WriteAllText(Path.Combine(directory, "..2026_01_01_00_00_00.1", "a"), "half");
        Directory.CreateDirectory(Path.Combine(directory, "..2026_01_01_00_00_01.2"));
        File.CreateSymbolicLink(Path.Combine(directory, "..data_tmp"), "..2026_01_01_00_00_01.2");
        File.CreateSymbolicLink(Path.Combine(directory, "gone"), "..data/gone");
        File.CreateSymbolicLink(Path.Combine(directory, "..data"), "..2025_01_01_00_00_00.9");

        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root);

        Assert.That(Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName), Is.EquivalentTo(new[] { "..data", "a", mount.OpenSnapshot("f").Generation }));
        Assert.That(File.ReadAllText(Path.Combine(directory, "a")), Is.EqualTo("1"));
    }

    [Test]
    public async Task Something_else_in_the_way_is_refused_and_untouched()
    {
        await _client.Put("f", new() { ["a"] = "1", ["b"] = "1" }, "file");
        Directory.CreateDirectory(Path.Combine(Root, "f"));
        File.WriteAllText(Path.Combine(Root, "f", "b"), "mine");
        InjectionPlan plan = await _client.PlanInjectionAsync(["f"]);
        Assert.That(async () => await plan.MountAsync(Root), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.AlreadyExists));
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Root, "f")).Select(Path.GetFileName), Is.EqualTo(new[] { "b" }));
        Assert.That(File.ReadAllText(Path.Combine(Root, "f", "b")), Is.EqualTo("mine"));
    }

    [Test]
    public async Task A_link_that_was_there_before_is_not_followed()
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        Directory.CreateDirectory(Root);
        string elsewhere = Path.Combine(_directory.Path, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        File.CreateSymbolicLink(Path.Combine(Root, "f"), elsewhere);
        InjectionPlan plan = await _client.PlanInjectionAsync(["f"]);
        Assert.That(async () => await plan.MountAsync(Root), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("mount-link"));
        Assert.That(Directory.EnumerateFileSystemEntries(elsewhere), Is.Empty);
    }

    [Test]
    public async Task Memory_is_required_when_asked_for()
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        InjectionPlan plan = await _client.PlanInjectionAsync(["f"]);
        Assume.That(Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").DriveFormat == "tmpfs", Is.True, "no /dev/shm here");
        string memory = Path.Combine("/dev/shm", "secrets-test-" + Guid.NewGuid().ToString("N"));
        await using (await plan.MountAsync(memory, new SecretMountOptions { RequireMemory = true }))
            Assert.That(File.ReadAllText(Path.Combine(memory, "f", "a")), Is.EqualTo("1"));
        Assert.That(Directory.Exists(memory), Is.False);
        Assume.That(new DriveInfo(_directory.Path).DriveFormat, Is.Not.EqualTo("tmpfs"), "the temporary directory is memory too");
        Assert.That(async () => await plan.MountAsync(Root, new SecretMountOptions { RequireMemory = true }), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("mount-not-memory"));
    }

    [Test]
    public async Task A_file_in_place_of_the_directory_is_a_coded_error()
    {
        await _client.Put("f", new() { ["a"] = "1" }, "file");
        File.WriteAllText(Root, "a file");
        InjectionPlan plan = await _client.PlanInjectionAsync(["f"]);
        Assert.That(async () => await plan.MountAsync(Root), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public async Task Snapshot_reads_never_mix_versions_while_the_files_are_swapped()
    {
        int reads = int.TryParse(Environment.GetEnvironmentVariable("SECRETS_MOUNT_READS"), out int many) ? many : 50_000;
        await _client.Put("f", new() { ["user"] = "0", ["password"] = "0" }, "file");
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, new SecretMountOptions { Follow = false });
        int left = reads;
        int mixed = 0;
        using CancellationTokenSource done = new();
        Task[] readers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                SecretMountSnapshot snapshot = mount.OpenSnapshot("f");
                if (snapshot.Read("user") != snapshot.Read("password")) Interlocked.Increment(ref mixed);
            }
        }))];
        Task writer = Task.Run(async () =>
        {
            for (int i = 1; !done.IsCancellationRequested; i++)
            {
                await _client.Change("f", u => u.Set("user", $"{i}").Set("password", $"{i}"));
                await mount.UpdateAsync();
            }
        });
        await Task.WhenAll(readers);
        await done.CancelAsync();
        await writer;
        Assert.That(mixed, Is.Zero);
    }
}
