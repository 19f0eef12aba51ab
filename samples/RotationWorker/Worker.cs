using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Secrets.Samples.RotationWorker;

/// <summary>Logs in again and again with whatever the options hold at the moment, and counts. It knows nothing of rotation.</summary>
internal sealed class Worker(IOptionsMonitor<DbCredentials> credentials, FakeDatabase database) : BackgroundService
{
    private int _accepted;
    private int _refused;

    public int Accepted => Volatile.Read(ref _accepted);

    public int Refused => Volatile.Read(ref _refused);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (database.LogIn(credentials.CurrentValue.Password)) Interlocked.Increment(ref _accepted);
            else Interlocked.Increment(ref _refused);
            await Task.Delay(TimeSpan.FromMilliseconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
