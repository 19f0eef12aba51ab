using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>Two regions, the second for replicas of the first's secrets.</summary>
public abstract class TwoRegionsTests
{
    protected AwsSecretsManagerServer Primary { get; } = new() { Region = "eu-central-1" };

    protected AwsSecretsManagerServer Replica { get; } = new() { Region = "us-east-1" };

    [OneTimeSetUp]
    public Task StartAsync() => Task.WhenAll(Primary.StartAsync(), Replica.StartAsync());

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Primary.DisposeAsync();
        await Replica.DisposeAsync();
    }

    [SetUp]
    public void Clear()
    {
        Primary.Clear();
        Replica.Clear();
    }
}
