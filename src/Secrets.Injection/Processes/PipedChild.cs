using System.ComponentModel;
using System.Diagnostics;

namespace Secrets;

/// <summary>A process whose output comes back over pipes, through the masker; without a masker it has this process's own streams.</summary>
internal sealed class PipedChild : ChildProcess
{
    private readonly Process _process;

    private PipedChild(Process process, SecretMasker? masker, SecretRunOptions options)
    {
        _process = process;
        Exited = WaitAsync(process);
        if (options.Input is not null) _ = FeedAsync(process, options.Input);
        Output = masker is null && options.Output is null && options.Error is null
            ? Task.CompletedTask
            : Task.WhenAll(
                PumpAsync(process.StandardOutput.BaseStream, options.Output ?? Console.OpenStandardOutput(), masker),
                PumpAsync(process.StandardError.BaseStream, options.Error ?? Console.OpenStandardError(), masker));
    }

    internal override int Id => _process.Id;

    internal override bool HasTerminal => false;

    internal override Task<int> Exited { get; }

    protected override Task Output { get; }

    public override void Dispose() => _process.Dispose();

    internal static PipedChild Start(ProcessStartInfo start, SecretMasker? masker, SecretRunOptions options)
    {
        bool redirect = masker is not null || options.Output is not null || options.Error is not null;
        start.RedirectStandardOutput = redirect;
        start.RedirectStandardError = redirect;
        start.RedirectStandardInput = options.Input is not null;
        start.UseShellExecute = false;
        try
        {
            return new PipedChild(Process.Start(start)!, masker, options);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw CannotStart(start.FileName, e);
        }
    }

    private static async Task<int> WaitAsync(Process process)
    {
        // WaitForExitAsync would also wait for the pipes; a grandchild may hold those for ever.
        TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (process.HasExited) exited.TrySetResult();
        await exited.Task.ConfigureAwait(false);
        return process.ExitCode;
    }

    private static async Task PumpAsync(Stream from, Stream to, SecretMasker? masker)
    {
        byte[] buffer = new byte[32 * 1024];
        MaskingStream? masking = masker?.Wrap(to, leaveOpen: true);
        Stream target = masking is null ? to : masking;
        try
        {
            int length;
            while ((length = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                await target.WriteAsync(buffer.AsMemory(0, length)).ConfigureAwait(false);
                await target.FlushAsync().ConfigureAwait(false);
            }

            masking?.Complete();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Whoever read our output has gone, or the run is over: the process itself decides when it ends.
        }
    }

    private static async Task FeedAsync(Process process, Stream input)
    {
        try
        {
            await input.CopyToAsync(process.StandardInput.BaseStream).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It does not read its input any more.
        }
    }
}
