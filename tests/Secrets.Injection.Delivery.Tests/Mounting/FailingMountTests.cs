using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Mounting;

/// <summary>Every call of a mount to the file system fails once, in each way that it can; and the disk fails for good from each call on.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class FailingMountTests
{
    private static readonly Dictionary<string, Func<Exception>> Failures = new()
    {
        ["disk-full"] = static () => new IOException("No space left on device", 28),
        ["io-error"] = static () => new IOException("Input/output error", 5),
        ["too-many-open-files"] = static () => new IOException("Too many open files", 24),
        ["read-only"] = static () => new IOException("Read-only file system", 30),
        ["access-denied"] = static () => new UnauthorizedAccessException("Permission denied"),
    };

    private DeliveryClient _client = null!;
    private TemporaryDirectory _directory = null!;
    private int _calls;
    private Func<int, bool> _fails = static _ => false;
    private string _kind = "disk-full";

    private string Root => _directory["mount"];

    private string Files => Path.Combine(Root, "f");

    [SetUp]
    public void Prepare()
    {
        _client = new DeliveryClient();
        _directory = new TemporaryDirectory();
        Heal();
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task A_first_mount_that_fails_at_any_call_is_a_coded_error_and_leaves_nothing([Values("disk-full", "io-error", "too-many-open-files", "read-only", "access-denied")] string kind)
    {
        await _client.Put("f", new() { ["user"] = "old", ["password"] = "old" }, "file");
        InjectionPlan plan = await _client.PlanInjectionAsync([new SecretAttachment(new SecretLookup("f")) { SubPaths = new Dictionary<string, string> { ["password"] = "deep/er" } }]);
        int calls = await CountAsync(plan);
        Assert.That(calls, Is.GreaterThan(15));
        for (int at = 1; at <= calls; at++)
        {
            Break(kind, call => call == at);
            SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await plan.MountAsync(Root, Options()), $"call {at} of {calls}")!;

            Assert.That((refused.Reason, refused.InnerException?.GetType()), Is.EqualTo((kind, Failures[kind]().GetType())), $"call {at}");
            Assert.That(refused.Message, Does.Contain(Root).And.Contain("Nothing was left there"));
            Assert.That(Directory.EnumerateFileSystemEntries(_directory.Path), Is.Empty, $"call {at}");
        }
    }

    [Test]
    public async Task A_change_that_fails_at_any_call_leaves_old_files_or_new_ones_whole_and_the_next_update_mends_it([Values("disk-full", "io-error", "too-many-open-files", "read-only", "access-denied")] string kind)
    {
        int swapped = 0;
        int at = 0;
        for (bool failed = true; failed;)
        {
            at++;
            await using DeliveryClient client = new();
            await using SecretMount mount = await MountedAsync(client);
            SecretMountSnapshot before = mount.OpenSnapshot("f");
            Break(kind, call => call == at);

            SecretException? refused = null;
            try
            {
                await mount.UpdateAsync();
            }
            catch (SecretException error)
            {
                refused = error;
            }

            failed = refused is not null;
            Heal();
            if (!failed) break;
            Assert.That(refused!.Reason, Is.EqualTo(kind), $"call {at}");
            string seen = Seen();
            Assert.That(seen, Is.EqualTo("old: gone password user").Or.EqualTo("new: more password user"), $"call {at}");
            Assert.That((before.Read("user").RevealString(), before.Read("gone").RevealString()), Is.EqualTo(("old", "old")), "an open snapshot stays whole");
            if (seen.StartsWith("new", StringComparison.Ordinal)) swapped++;
            else Assert.That(Hidden(), Is.EquivalentTo(new[] { "..data", before.Generation }), $"nothing half-written stays, call {at}");

            await mount.UpdateAsync();
            Assert.That(Seen(), Is.EqualTo("new: more password user"), $"mended after call {at}");
        }

        Assert.That(at, Is.GreaterThan(10), "calls");
        Assert.That(swapped, Is.InRange(1, 9), "calls behind the swap");
    }

    [Test]
    public async Task A_disk_that_fails_for_good_from_any_call_on_keeps_the_old_files_and_the_next_mount_sweeps()
    {
        for (int from = 1; ; from++)
        {
            await using DeliveryClient client = new();
            SecretMount mount = await MountedAsync(client);
            Break("io-error", call => call >= from);
            bool failed = false;
            try
            {
                await mount.UpdateAsync();
            }
            catch (SecretException error) when (error.Reason == "io-error")
            {
                failed = true;
            }

            Assert.That(Seen(), Is.EqualTo("old: gone password user").Or.EqualTo("new: more password user"), $"from call {from} on");
            Heal();
            InjectionPlan plan = await client.PlanInjectionAsync(["f"]);
            ManualTimeProvider time = new();
            await using (await plan.MountAsync(Root, new SecretMountOptions { Follow = false, TimeProvider = time }))
            {
                time.Advance(TimeSpan.FromMinutes(1));
                Assert.That(Seen(), Is.EqualTo("new: more password user"), $"from call {from} on");
                Assert.That(Hidden(), Has.Length.EqualTo(2), $"..data and one generation, from call {from} on");
            }

            await mount.DisposeAsync();
            if (!failed) break;
        }
    }

    [Test]
    public async Task A_change_that_the_disk_refuses_is_told_and_the_next_one_is_mounted()
    {
        TaskCompletionSource<Exception> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource updated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _client.Put("f", new() { ["user"] = "1" }, "file");
        SecretMountOptions options = new() { BeforeCall = Call, OnError = error => told.TrySetResult(error), OnUpdated = () => updated.TrySetResult() };
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["f"])).MountAsync(Root, options);
        Break("disk-full", static _ => true);

        await _client.Change("f", u => u.Set("user", "2"));
        Exception error = await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(error, Is.TypeOf<SecretException>().With.Property("Reason").EqualTo("disk-full").And.Message.Contains("Free space"));
        Assert.That(File.ReadAllText(Path.Combine(Files, "user")), Is.EqualTo("1"));

        Heal();
        await _client.Change("f", u => u.Set("user", "3"));
        await updated.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(File.ReadAllText(Path.Combine(Files, "user")), Is.EqualTo("3"));
    }

    private async Task<SecretMount> MountedAsync(DeliveryClient client)
    {
        Heal();
        await client.Put("f", new() { ["user"] = "old", ["password"] = "old", ["gone"] = "old" }, "file");
        SecretMount mount = await (await client.PlanInjectionAsync(["f"])).MountAsync(Root, Options());
        await client.Change("f", u => u.Set("user", "new").Set("password", "new").Set("more", "new").Remove("gone"));
        return mount;
    }

    private async Task<int> CountAsync(InjectionPlan plan)
    {
        Heal();
        int calls;
        await using (await plan.MountAsync(Root, Options())) calls = _calls;
        return calls;
    }

    private SecretMountOptions Options() => new() { Follow = false, BeforeCall = Call };

    private void Call(string name)
    {
        if (_fails(++_calls)) throw Failures[_kind]();
    }

    private void Break(string kind, Func<int, bool> fails) => (_kind, _fails, _calls) = (kind, fails, 0);

    private void Heal() => Break("disk-full", static _ => false);

    // What a reader finds: the one content, and the names that lead to a file.
    private string Seen()
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(Files)
            .Where(path => !Path.GetFileName(path).StartsWith('.') && File.Exists(Path.Combine(Files, new FileInfo(path).LinkTarget!))).Order(StringComparer.Ordinal)];
        return $"{string.Join('/', names.Select(File.ReadAllText).Distinct())}: {string.Join(' ', names.Select(Path.GetFileName))}";
    }

    private string[] Hidden() => [.. Directory.EnumerateFileSystemEntries(Files).Select(path => Path.GetFileName(path)!).Where(name => name.StartsWith('.'))];
}
