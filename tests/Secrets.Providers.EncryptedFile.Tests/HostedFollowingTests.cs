using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>
/// How soon a host sees what somebody else wrote into its file, told by a clock that the test moves: whatever else is slow, no more of the
/// clock's time may be needed.
/// </summary>
internal sealed class HostedFollowingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_second_after_somebody_else_has_written_the_options_change()
    {
        using StoreBench bench = new();
        ManualTimeProvider time = new();
        await using EncryptedFileSecretStore writer = await bench.CreateAsync();
        await WriteAsync(writer, "before");
        WatchedStore watched = new(await bench.OpenAsync(options => options.TimeProvider = time));
        using IHost host = BuildHost(watched, time);
        await host.StartAsync();
        IOptionsMonitor<RotatedOptions> monitor = host.Services.GetRequiredService<IOptionsMonitor<RotatedOptions>>();
        Assert.That(monitor.CurrentValue.Number, Is.EqualTo("number before"));
        TaskCompletionSource<string?> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable? registration = monitor.OnChange(options => changed.TrySetResult(options.Number));
        await watched.HasBegun.WaitAsync(Patience);

        await WriteAsync(writer, "after");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await changed.Task.WaitAsync(Patience), Is.EqualTo("number after"));
        Assert.That(monitor.CurrentValue.Number, Is.EqualTo("number after"));
        await host.StopAsync();
    }

    [Test]
    public void The_file_is_looked_at_at_least_once_a_second_by_default() =>
        Assert.That(new EncryptedFileOptions("app.secrets").PollInterval, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(1)));

    private static IHost BuildHost(ISecretStore store, TimeProvider time)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Rotated:Number", "number {{db.value}}")]);
        builder.AddSecrets(secrets =>
        {
            secrets.UseStore(_ => store);
            secrets.Services.AddSingleton(time);
        });
        builder.Services.Configure<RotatedOptions>(builder.Configuration.GetSection("Rotated"));
        return builder.Build();
    }

    private static ValueTask<SecretProperties> WriteAsync(EncryptedFileSecretStore store, string value) =>
        store.WriteAsync(StoreBench.Write(StoreBench.Db, value), default);

    /// <summary>Tells when it is being watched: what is written before that, and read after it, nobody would be told of.</summary>
    private sealed class WatchedStore(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task HasBegun => _hasBegun.Task;

        public override async IAsyncEnumerable<SecretStoreChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using IAsyncEnumerator<SecretStoreChange> watch = Inner.WatchAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            ValueTask<bool> next = watch.MoveNextAsync();
            _hasBegun.TrySetResult();
            while (await next)
            {
                yield return watch.Current;
                next = watch.MoveNextAsync();
            }
        }
    }

    private sealed class RotatedOptions
    {
        public string? Number { get; set; }
    }
}
