using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Secrets.Injection.Tests.Hosting;

/// <summary>A host builder whose configuration collects sources and cannot be read before it is built.</summary>
internal sealed class ForeignHostBuilder : IHostApplicationBuilder
{
    public IDictionary<object, object> Properties { get; } = new Dictionary<object, object>();

    public IConfigurationManager Configuration { get; } = new Collector();

    public IHostEnvironment Environment => throw new NotSupportedException();

    public ILoggingBuilder Logging => throw new NotSupportedException();

    public IMetricsBuilder Metrics => throw new NotSupportedException();

    public IServiceCollection Services { get; } = new ServiceCollection();

    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null) where TContainerBuilder : notnull
    {
    }

    private sealed class Collector : IConfigurationManager
    {
        private readonly ConfigurationBuilder _builder = new();

        public IDictionary<string, object> Properties => _builder.Properties;

        public IList<IConfigurationSource> Sources => _builder.Sources;

        public string? this[string key]
        {
            get => null;
            set => throw new NotSupportedException();
        }

        public IConfigurationBuilder Add(IConfigurationSource source) => _builder.Add(source);

        public IConfigurationRoot Build() => _builder.Build();

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

        public IConfigurationSection GetSection(string key) => throw new NotSupportedException();
    }
}
