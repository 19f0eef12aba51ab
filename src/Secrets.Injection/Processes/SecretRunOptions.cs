namespace Secrets;

/// <summary>How a process is run with secrets.</summary>
public sealed class SecretRunOptions
{
    /// <value>Whether values are masked in the process's output. Default true.</value>
    public bool Mask { get; set; } = true;

    /// <value>The masker; values of the plan are added to it. Null for one of its own. Default null.</value>
    public SecretMasker? Masker { get; set; }

    /// <value>Whether the process gets a terminal. Default <see cref="SecretTerminal.Auto"/>.</value>
    public SecretTerminal Terminal { get; set; }

    /// <value>Gets the masked standard output; with a terminal, all output. Left open. Null for this process's. Default null.</value>
    public Stream? Output { get; set; }

    /// <value>Gets the masked standard error. Left open. Null for this process's. Default null.</value>
    public Stream? Error { get; set; }

    /// <value>What the process reads; null for this process's standard input. Default null.</value>
    public Stream? Input { get; set; }

    /// <value>What happens when a secret changes while the process runs. Default <see cref="SecretChangeAction.None"/>.</value>
    public SecretChangeAction OnChange { get; set; }

    /// <value>The signal of <see cref="SecretChangeAction.Signal"/>. Default 1, SIGHUP.</value>
    public int ChangeSignal { get; set; } = 1;

    /// <value>How long the process may take to end after SIGTERM, before SIGKILL. Default 10 s.</value>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>Whether signals that this process gets (TERM, INT, HUP, QUIT, USR1, USR2) go to the child instead. Default true.</value>
    public bool ForwardSignals { get; set; } = true;

    /// <value>
    /// Whether the process ends, and its files are removed, if this one is killed. Needs <c>/bin/sh</c>. Default true.
    /// </value>
    public bool DieWithParent { get; set; } = true;

    /// <value>Where the plan's files are mounted; null for a directory of their own, in memory where there is one. Default null.</value>
    public string? MountDirectory { get; set; }

    /// <value>Refuse to write files to a disk. Default false.</value>
    public bool RequireMemory { get; set; }

    /// <value>Called with what the user should be told: a value too short to mask, a change that could not be applied. Never a value. Default null.</value>
    public Action<string>? OnNotice { get; set; }

    /// <value>The clock. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
