namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>No test finds a credential, a region or an instance of the machine it runs on.</summary>
[SetUpFixture]
public sealed class WithoutTheMachinesCredentials
{
    [OneTimeSetUp]
    public void Hide()
    {
        foreach (string name in new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL" })
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such-credentials"));
    }
}
