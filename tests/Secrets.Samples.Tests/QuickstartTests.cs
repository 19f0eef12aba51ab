namespace Secrets.Samples.Tests;

[TestFixture]
public sealed class QuickstartTests
{
    private static readonly string[] Values =
    [
        "mlflow-user", "made-up p@ssword", "made-up%20p%40ssword", "not-a-real-openai-key", "org-made-up", "only-for-ada", "token-of-the-team", "token-of-the-cluster", "token-of-the-project",
    ];

    [Test]
    public async Task The_quickstart_shows_each_step_and_no_value()
    {
        (int exitCode, string output, string error) = await SampleProgram.RunAsync("Quickstart");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(error, Is.Empty);
            // Keep.
            Assert.That(output, Does.Contain("created 'mlflow_secret' (team, public): username=***, password=***"));
            Assert.That(output, Does.Contain("created 'my_private_secret' (team, private to ada): api_key=***"));
            Assert.That(output, Does.Contain("'mlflow' is nowhere in it"));
            // Find: the project's token wins.
            Assert.That(output, Does.Contain("looks in project:churn > cluster:gpu-1 > team"));
            Assert.That(output, Does.Match(@"Applied +'SERVING_TOKEN' \(project:churn, public\)"));
            Assert.That(output, Does.Match(@"Shadowed +'SERVING_TOKEN' \(cluster:gpu-1, public\)"));
            Assert.That(output, Does.Match(@"Shadowed +'SERVING_TOKEN' \(team, public\)"));
            // Refer.
            Assert.That(output, Does.Match(@"Mlflow:Uri +https://\*\*\*:\*\*\*@mlflow.internal"));
            Assert.That(output, Does.Match(@"Mlflow:Experiment +churn-\{no reference here\}"));
            Assert.That(output, Does.Contain("GetDebugView() shows ApiKey=*** (SecretReferences)"));
            // Inject.
            Assert.That(output, Does.Contain("OPENAI_API_KEY=***").And.Contain("exit code 0"));
            // Rotate.
            Assert.That(output, Does.Contain("IOptionsMonitor<MlflowOptions> saw it: True; its Uri ends in the new password: True"));
            // Check.
            Assert.That(output, Does.Contain("2 secret references are at fault (SECRET_AND_KEY_EXISTS):"));
            Assert.That(output, Does.Contain("mlflow_secret.pasword").And.Contain("Did you mean password?").And.Contain("at Mlflow:Password"));
            Assert.That(output, Does.Contain("wandb_secret.api_key").And.Contain("at Wandb:ApiKey").And.Contain("secrets create wandb_secret --api_key=@FILE"));
            Assert.That(output, Does.Contain("Done. The store and its key file are removed."));
        });
        Assert.That(Values.Where(value => output.Contains(value, StringComparison.Ordinal)), Is.Empty, "every value is masked");
    }
}
