using System.Diagnostics;
using System.Threading.Channels;

namespace Secrets;

/// <summary>One run of a process with secrets, restarts included.</summary>
internal sealed class SecretRun(ProcessStartInfo start, InjectionPlan plan, SecretRunOptions options)
{
    private const int Terminate = 15;
    private const int Kill = 9;

    private readonly SecretMasker _masker = options.Masker ?? new SecretMasker();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private InjectionContent _content = plan.Content;

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        plan.ThrowIfConflicting();
        AddToMasker(_content);
        using PrivateDirectory? directory = plan.Files.Count > 0 && options.MountDirectory is null ? PrivateDirectory.Create() : null;
        SecretMount? mount = plan.Files.Count == 0 ? null : await plan.MountAsync(
            options.MountDirectory ?? directory!.FilesPath,
            new SecretMountOptions { Follow = false, RequireMemory = options.RequireMemory, TimeProvider = options.TimeProvider },
            cancellationToken).ConfigureAwait(false);
        string root = mount?.Path ?? plan.Source.Options.MountRoot;
        IDisposable[] subscriptions = [];
        try
        {
            subscriptions = Subscribe();
            using SignalForwarding? signals = options.ForwardSignals ? new SignalForwarding() : null;
            return await SuperviseAsync(root, mount, directory, signals, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (IDisposable subscription in subscriptions) subscription.Dispose();
            if (mount is not null) await mount.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> SuperviseAsync(string root, SecretMount? mount, PrivateDirectory? directory, SignalForwarding? signals, CancellationToken cancellationToken)
    {
        using Lifeline? lifeline = options.DieWithParent ? Lifeline.Start(directory?.Root) : null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using ChildProcess child = Start(root, lifeline);
            lifeline?.Hold(child);
            signals?.SendTo(child);
            try
            {
                if (await WaitAsync(child, root, mount, cancellationToken).ConfigureAwait(false)) continue;
                return await child.Exited.ConfigureAwait(false);
            }
            finally
            {
                signals?.SendTo(null);
                if (!child.Exited.IsCompleted) await StopAsync(child).ConfigureAwait(false);
                lifeline?.LetGo();
                await child.DrainAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until the process has ended (false) or is to be started again (true).</summary>
    private async Task<bool> WaitAsync(ChildProcess child, string root, SecretMount? mount, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<bool> change = _changes.Reader.WaitToReadAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(child.Exited, change).ConfigureAwait(false) == child.Exited) return false;
            await change.ConfigureAwait(false);
            _changes.Reader.TryRead(out _);
            if (!await ApplyChangeAsync(root, mount, cancellationToken).ConfigureAwait(false)) continue;
            if (options.OnChange == SecretChangeAction.Signal) child.Signal(options.ChangeSignal);
            if (options.OnChange == SecretChangeAction.Restart) return true;
        }
    }

    /// <summary>Takes a change over. False if no byte changed, or it cannot be used: what runs goes on with what it has.</summary>
    private async Task<bool> ApplyChangeAsync(string root, SecretMount? mount, CancellationToken cancellationToken)
    {
        try
        {
            InjectionContent content = await plan.Source.ReadAsync(cancellationToken).ConfigureAwait(false);
            AddToMasker(content);
            if (_content.HasSameBytesAs(content, root)) return false;
            InjectionPlan.ThrowIfConflicting(content);
            if (mount is not null) await mount.UpdateAsync(cancellationToken).ConfigureAwait(false);
            _content = content;
            return true;
        }
        catch (Exception e) when (e is SecretException or IOException or UnauthorizedAccessException)
        {
            options.OnNotice?.Invoke($"A changed secret was not taken over; the process goes on with the one before: {e.Message}");
            return false;
        }
    }

    private ChildProcess Start(string root, Lifeline? lifeline)
    {
        ProcessStartInfo copy = new(start.FileName) { WorkingDirectory = start.WorkingDirectory, Arguments = start.Arguments };
        foreach (string argument in start.ArgumentList) copy.ArgumentList.Add(argument);
        copy.Environment.Clear();
        foreach ((string name, string? value) in start.Environment) copy.Environment[name] = value;
        foreach ((string name, SecretValue value) in InjectionPlan.Resolve(_content, root)) copy.Environment[name] = value.RevealString();
        if (lifeline is not null) copy.Environment[Lifeline.MarkVariable] = lifeline.Mark;
        bool terminal = options.Terminal == SecretTerminal.Always || (options.Terminal == SecretTerminal.Auto && options is { Mask: true, Output: null, Input: null } && NativeTerminal.IsInteractive);
        SecretMasker? masker = options.Mask ? _masker : null;
        return terminal ? TerminalChild.Start(copy, masker, options) : PipedChild.Start(copy, masker, options);
    }

    private async Task StopAsync(ChildProcess child)
    {
        child.Signal(Terminate);
        try
        {
            await child.Exited.WaitAsync(options.StopTimeout, options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            child.Signal(Kill);
            await child.Exited.ConfigureAwait(false);
        }
    }

    private IDisposable[] Subscribe()
    {
        List<IDisposable> subscriptions = [];
        foreach (SecretLookup lookup in plan.Source.Lookups)
            subscriptions.Add(plan.Source.Client.OnChange(lookup, _ => _changes.Writer.TryWrite(true)));
        return [.. subscriptions];
    }

    private void AddToMasker(InjectionContent content)
    {
        HashSet<string> warned = [.. _masker.TooShort];
        foreach (Secret secret in content.Secrets) _masker.Add(secret);
        foreach (VariableEntry variable in content.Variables.Where(static variable => variable is { IsSensitive: true, Value: not null })) _masker.Add(variable.Name, variable.Value!);
        foreach (string name in _masker.TooShort.Where(name => !warned.Contains(name)))
            options.OnNotice?.Invoke($"The value of {name} is too short to be masked in the output.");
    }
}
