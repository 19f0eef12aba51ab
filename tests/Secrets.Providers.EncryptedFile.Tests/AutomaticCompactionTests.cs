namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>Compacting by itself is a convenience: whatever goes wrong with it is told, and hurts nobody.</summary>
internal sealed class AutomaticCompactionTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task An_exception_of_any_kind_is_told_as_a_warning_and_closing_goes_well()
    {
        await RunAsync(_bench.Options(options => options.CompactFromBytes = 1), () => throw new InvalidOperationException("Sequence contains no matching element"));
        Assert.That(_bench.Warnings.Select(warning => warning.Reason), Is.EqualTo(["compaction"]));
        Assert.That(_bench.Warnings[0].InnerException, Is.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public async Task A_warning_that_nobody_can_take_does_not_hurt_either()
    {
        EncryptedFileOptions options = _bench.Options(options =>
        {
            options.CompactFromBytes = 1;
            options.OnWarning = _ => throw new InvalidOperationException("The log is closed.");
        });
        bool ran = false;
        await RunAsync(options, () =>
        {
            ran = true;
            throw new SecretException(SecretErrorCode.Unavailable, "The disk is full.");
        });
        Assert.That(ran, Is.True);
    }

    private async Task RunAsync(EncryptedFileOptions options, Action compact)
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        TaskCompletionSource ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AutomaticCompaction compaction = new(options, _ =>
        {
            ran.SetResult();
            compact();
        });
        compaction.Consider(store.CurrentState);
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await compaction.DisposeAsync();
    }
}
