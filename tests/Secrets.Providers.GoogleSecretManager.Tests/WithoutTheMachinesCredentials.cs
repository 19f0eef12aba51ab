namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>No test finds a credential of the machine it runs on: the file that would be first is not there.</summary>
[SetUpFixture]
public sealed class WithoutTheMachinesCredentials
{
    [OneTimeSetUp]
    public void Hide()
    {
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-such.json"));
        Environment.SetEnvironmentVariable("SECRET_MANAGER_EMULATOR_HOST", null);
    }
}
