using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets.Providers.EncryptedFile.Tests.Crashes;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>A host in this process, a writer in another one.</summary>
internal sealed class HostedServiceTests
{
    [Test]
    public async Task A_host_s_options_change_when_another_process_rotates_a_secret()
    {
        using StoreBench bench = new();
        await using (EncryptedFileSecretStore created = await bench.CreateAsync())
            await created.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("w-0"), default), new SecretValues { ["number"] = "before" }), default);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Rotated:Number", "number {{w-0.number}}")]);
        builder.AddSecrets(secrets => secrets.UseEncryptedFile(bench.Path, options =>
        {
            options.Anchor = bench.Anchor;
            options.Unlock.Add(UnlockMethod.KeyFile(bench.KeyPath));
        }));
        builder.Services.Configure<RotatedOptions>(builder.Configuration.GetSection("Rotated"));
        using IHost host = builder.Build();
        await host.StartAsync();
        IOptionsMonitor<RotatedOptions> monitor = host.Services.GetRequiredService<IOptionsMonitor<RotatedOptions>>();
        Assert.That(monitor.CurrentValue.Number, Is.EqualTo("number before"));
        TaskCompletionSource<string?> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable? registration = monitor.OnChange(options => changed.TrySetResult(options.Number));

        using ChildProcess writer = new(bench, "write", "w");
        Assert.That(await changed.Task.WaitAsync(TimeSpan.FromMinutes(1)), Does.Match("^number [0-9]+$"));
        await writer.KillAsync();
        await host.StopAsync();
    }

    private sealed class RotatedOptions
    {
        public string? Number { get; set; }
    }
}
