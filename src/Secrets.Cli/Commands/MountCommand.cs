using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Keeps secrets as files in a directory, following rotation, until it is stopped.</summary>
internal sealed class MountCommand : SecretsCommand
{
    private readonly Argument<string> _directory = new("directory") { Description = "Where to; best in memory: /dev/shm, $XDG_RUNTIME_DIR." };
    private readonly PlanOptions _plan = new();
    private readonly Option<bool> _requireMemory = new("--require-memory") { Description = "Refuse a directory that is on a disk." };

    public MountCommand()
        : base("mount", "Keep secrets as files in a directory, in the kubelet's layout and following rotation, until stopped; then remove them.", "secrets mount $XDG_RUNTIME_DIR/secrets --secret my-s3")
    {
        Add(_directory);
        _plan.AddTo(this, withVariables: false);
        Add(_requireMemory);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretMountOptions options = new()
        {
            RequireMemory = call.Get(_requireMemory),
            OnUpdated = () => call.Note("updated."),
            OnError = error => call.Note(error.Message),
        };
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            InjectionPlan plan = await _plan.MakeAsync(call, client, cancellationToken).ConfigureAwait(false);
            SecretMount mount = await plan.MountAsync(call.Environment.FullPath(call.Get(_directory)!), options, cancellationToken).ConfigureAwait(false);
            await using (mount.ConfigureAwait(false))
            {
                foreach (string file in mount.Files)
                    call.Terminal.Out.WriteLine(file);
                await call.Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
                call.Note("mounted until stopped (Ctrl-C).");
                await WaitForEndAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return ExitCode.Done;
    }

    private static async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => stopped.SetResult());
        await stopped.Task.ConfigureAwait(false);
    }
}
