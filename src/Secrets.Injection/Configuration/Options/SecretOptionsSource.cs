using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>
/// Makes options of one secret and renews them with it. A new version that does not fit is not taken: the last good one stays, and the reason is
/// logged.
/// </summary>
internal sealed class SecretOptionsSource<[DynamicallyAccessedMembers(Members)] TOptions> : IConfigureNamedOptions<TOptions>, IOptionsChangeTokenSource<TOptions>, IDisposable
    where TOptions : class
{
    internal const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    private readonly SecretOptionsBinder<TOptions> _binder = new();
    private readonly ISecretsClient _client;
    private readonly SecretLookup _lookup;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly IDisposable _subscription;
    private ConfigurationReloadToken _token = new();
    private Secret? _secret;

    internal SecretOptionsSource(ISecretsClient client, string secretName, string optionsName, ILogger log)
    {
        _client = client;
        _lookup = new SecretLookup(secretName);
        _log = log;
        Name = optionsName;
        _subscription = client.OnChange(_lookup, OnChange);
    }

    public string Name { get; }

    public IChangeToken GetChangeToken() => _token;

    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, TOptions options)
    {
        if (name is not null && !string.Equals(name, Name, StringComparison.Ordinal)) return;
        _binder.Bind(Current(), options);
    }

    public void Dispose() => _subscription.Dispose();

    private Secret Current()
    {
        lock (_gate)
        {
            if (_secret is { } known) return known;
        }

        Secret fetched = _client.GetSecret(_lookup);
        lock (_gate)
            return _secret ??= fetched;
    }

    private void OnChange(SecretChange change)
    {
        if (change.Current is not { } next)
        {
            HostLog.OptionsKept(_log, typeof(TOptions).Name, $"The secret {_lookup} is gone.");
            return;
        }

        lock (_gate)
        {
            if (!Fits(next, out IReadOnlyList<string>? keys)) return;
            Secret? before = _secret;
            _secret = next;
            // Nobody asked yet, or nothing that is used changed: nothing to tell.
            if (before is null || keys.All(key => before.TryGetValue(key, out SecretValue? old) && old == next[key])) return;
        }

        Interlocked.Exchange(ref _token, new ConfigurationReloadToken()).OnReload();
    }

    private bool Fits(Secret next, [NotNullWhen(true)] out IReadOnlyList<string>? keys)
    {
        keys = null;
        try
        {
            keys = _binder.Bind(next, Activator.CreateInstance<TOptions>());
            return true;
        }
        catch (SecretException misfit)
        {
            HostLog.OptionsKept(_log, typeof(TOptions).Name, misfit.Message);
            return false;
        }
    }
}
