using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// Checks the references in configuration before any hosted service starts. Registered in front of all others, so that its
/// <see cref="StartingAsync"/> also comes before theirs.
/// </summary>
internal sealed class SecretsStartup : IHostedLifecycleService
{
    private readonly SecretsHost _host;
    private readonly IServiceProvider _services;
    private readonly IEnumerable<SecretOptionsNeed> _options;

    public SecretsStartup(SecretsHost host, IServiceProvider services, IEnumerable<SecretOptionsNeed> options, ILoggerFactory loggers)
    {
        _host = host;
        _services = services;
        _options = options;
        host.AttachLogging(loggers);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _host.TakeLastSeat();
        SecretValidationLevel level = _host.ValidationLevel();
        if (level == SecretValidationLevel.None) return;

        // Asked for only now: at level NONE not even the store is opened.
        ISecretsClient client = _services.GetRequiredService<ISecretsClient>();
        SecretValidationReport report = await ValidateAsync(client, level, cancellationToken).ConfigureAwait(false);
        report.ThrowIfInvalid();
        HostLog.Validated(_host.Log, report.ReferenceCount, level.ToSetting());

        // At this level reading was allowed anyway: the first reads of the running host are warm, and rotation is followed from the start.
        if (level == SecretValidationLevel.SecretAndKeyExists)
            await _host.Secrets.ResolveAndFollowAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<SecretValidationReport> ValidateAsync(ISecretsClient client, SecretValidationLevel level, CancellationToken cancellationToken)
    {
        OverlayKey[] keys = [.. _host.Overlay.Entries.Select(entry => entry.Key)];
        SecretReferenceProblem[] malformed = [.. keys.Where(key => key.Malformed is not null).Select(OverlayErrors.Malformed)];
        SecretReference[] references = [.. keys.SelectMany(key => key.Template?.References ?? [])];
        SecretReference[] whole =
        [
            .. _host.Secrets.Consumers<SecretValuesProvider>().Where(values => !values.IsOptional).Select(values => values.ToReference()),
            .. _options.Select(options => options.ToReference()),
        ];
        SecretValidationReport ofReferences = await SecretReferenceValidator.ValidateAsync(client, references, malformed, level, cancellationToken).ConfigureAwait(false);
        // A secret that is taken whole has no key that could be missing.
        SecretValidationReport ofWhole = await SecretReferenceValidator.ValidateAsync(client, whole, [], SecretValidationLevel.SecretExists, cancellationToken).ConfigureAwait(false);
        return new SecretValidationReport(level, ofReferences.ReferenceCount + ofWhole.ReferenceCount, [.. ofReferences.Problems, .. ofWhole.Problems]);
    }
}
