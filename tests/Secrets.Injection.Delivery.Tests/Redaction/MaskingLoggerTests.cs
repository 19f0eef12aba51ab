using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Redaction;

[TestFixture]
public sealed class MaskingLoggerTests
{
    [Test]
    public void No_value_reaches_the_provider_in_message_state_scope_or_exception([Values(LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical)] LogLevel level)
    {
        string canary = Canary.Text();
        RecordingLoggerProvider recorder = new();
        using ServiceProvider services = Services(canary, recorder);
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("test");

        using (logger.BeginScope(new Dictionary<string, object?> { ["token"] = canary }))
        using (logger.BeginScope("scope {Token}", canary))
        {
            Exception exception = new InvalidOperationException("outer", new AggregateException(new FormatException("inner " + canary)));
            logger.Log(level, new EventId(7, "event-" + canary), exception, "key {Key} list {List} object {Object}", canary, new[] { "a", canary }, new Uri("https://example.test/?k=" + canary));
        }

        Assert.That(recorder.Text, Does.Not.Contain(canary));
        Assert.That(recorder.Text, Does.Contain("key *** list a, ***").And.Contain("[token, ***]").And.Contain("scope ***").And.Contain("inner ***"));
    }

    [Test]
    public void An_entry_without_a_value_is_passed_as_it_is()
    {
        RecordingLoggerProvider recorder = new();
        using ServiceProvider services = Services(Canary.Text(), recorder);
        InvalidOperationException exception = new("plain");
        services.GetRequiredService<ILoggerFactory>().CreateLogger("test").LogWarning(exception, "count {Count} done {Done}", 3, true);

        Assert.That(recorder.Exceptions, Is.EqualTo(new Exception[] { exception }));
        Assert.That(recorder.States[0], Does.Contain(new KeyValuePair<string, object?>("Count", 3)).And.Contain(new KeyValuePair<string, object?>("Done", true)));
        Assert.That(recorder.Text, Does.Contain("count 3 done True"));
    }

    [Test]
    public void A_number_that_is_a_value_is_masked()
    {
        RecordingLoggerProvider recorder = new();
        using ServiceProvider services = Services("73519042", recorder);
        services.GetRequiredService<ILoggerFactory>().CreateLogger("test").LogInformation("pin {Pin}", 73519042);

        Assert.That(recorder.Text, Does.Not.Contain("73519042"));
    }

    private static ServiceProvider Services(string canary, RecordingLoggerProvider recorder)
    {
        SecretMasker masker = new();
        masker.Add("canary", canary);
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder).AddSecretMasking(masker))
            .BuildServiceProvider();
    }
}
