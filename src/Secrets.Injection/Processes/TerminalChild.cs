using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// A process on a pseudo-terminal of its own, so that it sees a terminal although its output passes through the masker: colours, size,
/// prompts and job control stay.
/// </summary>
internal sealed class TerminalChild : ChildProcess
{
    private readonly NativeTerminal _terminal;
    private readonly RawInput? _input;
    private readonly IDisposable? _resize;

    private TerminalChild(ProcessStartInfo start, SecretMasker? masker, SecretRunOptions options)
    {
        _terminal = NativeTerminal.Open();
        try
        {
            Id = NativeProcess.Spawn(start, _terminal.ClientPath, out string? problem);
            if (Id < 0) throw CannotStart(start.FileName, null, problem);
        }
        catch
        {
            _terminal.Dispose();
            throw;
        }

        Exited = OnThread("secrets-wait", () => NativeProcess.Wait(Id));
        Output = OnThread("secrets-terminal", () => Pump(_terminal.Handle, options.Output ?? Console.OpenStandardOutput(), masker));
        if (options.Input is not null) _ = FeedAsync(options.Input);
        else if (NativeTerminal.IsInteractive) _input = new RawInput(_terminal);
        _resize = _terminal.FollowSize();
    }

    internal override int Id { get; }

    internal override bool HasTerminal => true;

    internal override Task<int> Exited { get; }

    protected override Task Output { get; }

    public override void Dispose()
    {
        _resize?.Dispose();
        _input?.Dispose();
        _terminal.Dispose();
    }

    internal static TerminalChild Start(ProcessStartInfo start, SecretMasker? masker, SecretRunOptions options)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            throw new SecretException(SecretErrorCode.Unsupported, "This system has no pseudo-terminals that we know. Set SecretRunOptions.Terminal to Never.") { Reason = "platform" };
        return new TerminalChild(start, masker, options);
    }

    private static int Pump(SafeFileHandle from, Stream to, SecretMasker? masker)
    {
        using MaskingStream? masking = masker?.Wrap(to, leaveOpen: true);
        Stream target = masking is null ? to : masking;
        byte[] buffer = new byte[32 * 1024];
        try
        {
            int length;
            // A terminal ends with an I/O error once its last process has closed it.
            while ((length = NativeTerminal.Read(from, buffer)) > 0)
            {
                target.Write(buffer, 0, length);
                target.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Whoever read our output has gone.
        }

        return 0;
    }

    private async Task FeedAsync(Stream input)
    {
        try
        {
            byte[] buffer = new byte[4096];
            int length;
            while ((length = await input.ReadAsync(buffer).ConfigureAwait(false)) > 0) _terminal.Write(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It does not read its input any more.
        }
    }

    private static Task<int> OnThread(string name, Func<int> work)
    {
        // A thread of its own: both block for as long as the process runs.
        TaskCompletionSource<int> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = name }.Start();
        return done.Task;
    }
}
