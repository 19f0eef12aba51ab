namespace Secrets.Samples.Tests;

[TestFixture]
public sealed class RotationWorkerTests
{
    [Test]
    public async Task The_worker_lives_through_five_rotations_without_one_refused_login()
    {
        (int exitCode, string output, string error) = await SampleProgram.RunAsync("RotationWorker");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, error + output);
            Assert.That(error, Is.Empty);
            Assert.That(output, Does.Contain("5 rotations, many logins accepted, 0 refused, no restart."));
            Assert.That(output, Does.Contain("version 6: the worker uses password ***"));
            Assert.That(output, Does.Not.Contain("made-up password"));
        });
    }
}
