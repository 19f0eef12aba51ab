using Microsoft.Extensions.Logging;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>The masker lets nothing through that it knows, whatever the application logs.</summary>
public static class MaskingPaths
{
    [LeakPath]
    public static Task Logging_a_value_on_purpose(LeakProbe probe)
    {
        string canary = probe.Canary();
        SecretMasker masker = new();
        masker.Add("db.password", SecretValue.FromString(canary));
        probe.See(masker);
        using ILoggerProvider provider = masker.Wrap(probe.LoggerProvider);
        ILogger logger = provider.CreateLogger("app");
        logger.LogInformation("connecting with {Password}", canary);
        logger.LogError(new InvalidOperationException($"login with {canary} failed", new FormatException(canary)), "failed");
        using (logger.BeginScope(new Dictionary<string, object> { ["password"] = canary }))
            logger.LogDebug("in scope");
        probe.Catch("masked text", masker.Mask($"before {canary} after {Uri.EscapeDataString(canary)} {Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(canary))}"));
        return Task.CompletedTask;
    }
}
