using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Hosting;

/// <summary>A host builder over an in-memory store that a test fills, breaks and rotates.</summary>
internal sealed class TestHost
{
    public TestHost()
    {
        Builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "test" });
        Builder.Services.AddLogging(logging => logging.AddProvider(Log));
    }

    public InMemorySecretStore Store { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public HostApplicationBuilder Builder { get; }

    public ConfigurationManager Configuration => Builder.Configuration;

    public TestHost Put(string name, params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        SecretValues values = [];
        foreach ((string key, string value) in pairs)
            values[key] = value;
        Store.Put(SecretAddress.Public(name), values);
        return this;
    }

    public TestHost Set(params ReadOnlySpan<(string Key, string? Value)> pairs)
    {
        Dictionary<string, string?> data = [];
        foreach ((string key, string? value) in pairs)
            data[key] = value;
        Configuration.AddInMemoryCollection(data);
        return this;
    }

    public TestHost AddSecrets(Action<ISecretsBuilder>? configure = null)
    {
        Builder.AddSecrets(secrets =>
        {
            secrets.UseInMemory(Store);
            secrets.Services.AddSingleton<TimeProvider>(Time);
            configure?.Invoke(secrets);
        });
        return this;
    }

    public IHost Build() => Builder.Build();
}
