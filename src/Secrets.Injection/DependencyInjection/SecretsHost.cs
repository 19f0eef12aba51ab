using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What <c>AddSecrets</c> gives one host: one client for configuration and for dependency injection, and the overlay between the two.</summary>
internal sealed class SecretsHost : IDisposable
{
    private readonly DeferredLoggerFactory _logging = new();
    private readonly SecretsBuilder _builder;
    private readonly SecretsSection _section;
    private readonly LiveOverlay _live;

    internal SecretsHost(SecretsBuilder builder, IConfigurationManager configuration)
    {
        _builder = builder;
        _section = new SecretsSection(configuration);
        builder.Building += _section.Complete;
        Secrets = new ConfigurationSecrets(() => builder.GetOrBuild(), _logging.CreateLogger(HostLog.Category));
        _live = new LiveOverlay(configuration, Secrets, () => SecretHostOptions.Of(builder).Templates);
    }

    internal ConfigurationSecrets Secrets { get; }

    internal ReferenceOverlay Overlay => _live.Overlay;

    internal ILogger Log => Secrets.Log;

    /// <summary>How far to check before anything starts.</summary>
    internal SecretValidationLevel ValidationLevel() => _section.ValidationLevel(SecretHostOptions.Of(_builder).ValidationLevel);

    internal void TakeLastSeat() => _live.TakeLastSeat();

    internal void AttachLogging(ILoggerFactory loggers) => _logging.Attach(loggers);

    public void Dispose()
    {
        _live.Dispose();
        Secrets.Dispose();
    }
}
