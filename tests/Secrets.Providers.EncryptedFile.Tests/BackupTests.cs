using System.Diagnostics;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>What docs/providers/encrypted-file.md says of copying a store that is in use.</summary>
[Platform("Linux")]
internal sealed class BackupTests
{
    private const int Copies = 6;

    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_copy_under_the_lock_is_whole_and_has_all_that_was_acknowledged_however_busily_others_write()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options =>
        {
            // Small, so that files are replaced meanwhile; patient, because copying takes as long as the machine is slow.
            (options.MaxVersions, options.CompactFromBytes, options.LockTimeout) = (2, 64 * 1024, TimeSpan.FromMinutes(5));
        });
        int acknowledged = 0;
        using CancellationTokenSource done = new();
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; !done.IsCancellationRequested; i++)
            {
                await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i} {new string('x', 2000)}"), default);
                Volatile.Write(ref acknowledged, i);
            }
        });
        List<(string Path, int Known)> copies = [];
        try
        {
            for (int i = 0; i < Copies; i++)
            {
                int known = Volatile.Read(ref acknowledged);
                string copy = _bench.Directory[$"copy-{i}"];
                await ShellAsync("flock app.secrets.turn flock app.secrets.lock cp app.secrets " + Path.GetFileName(copy));
                copies.Add((copy, known));
            }
        }
        finally
        {
            await done.CancelAsync();
            await writing;
        }

        foreach ((string path, int known) in copies)
        {
            // Elsewhere, where nothing newer is known of the store.
            using FileRollbackAnchor elsewhere = new(path + ".anchors");
            EncryptedFileOptions options = new(path) { Anchor = elsewhere };
            options.Unlock.Add(UnlockMethod.KeyFile(_bench.KeyPath));
            await using EncryptedFileSecretStore copy = await EncryptedFileSecretStore.OpenAsync(options);
            Assert.That((await copy.Maintenance.VerifyAsync()).IsSound, Is.True);
            string? value = known == 0 ? null : await StoreBench.ReadAsync(copy, StoreBench.Db);
            Assert.That(int.Parse((value ?? "0").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(known));
            if (!OperatingSystem.IsWindows())
                Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    private async Task ShellAsync(string command)
    {
        ProcessStartInfo start = new("sh", ["-c", command]) { WorkingDirectory = Path.GetDirectoryName(_bench.Path)!, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, errors);
    }
}
