namespace Secrets;

/// <summary>How files are mounted.</summary>
public sealed class SecretMountOptions
{
    /// <value>Whether the files follow changes of their secrets. Default true.</value>
    public bool Follow { get; set; } = true;

    /// <value>Refuse a directory that is on a disk: only memory (tmpfs, ramfs). Default false.</value>
    public bool RequireMemory { get; set; }

    /// <value>How long the files as they were stay readable for whoever is reading them. Default 30 s.</value>
    public TimeSpan KeepPrevious { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>The user and group that own directories and files; null for this process's. Needs the right to give files away. Default null.</value>
    public (uint User, uint Group)? Owner { get; set; }

    /// <value>Called after the files changed. Runs on a background thread. Default null.</value>
    public Action? OnUpdated { get; set; }

    /// <value>
    /// Called when a change could not be mounted: the files stay as they were. Runs on a background thread. Default null; <see cref="SecretMount.LastError"/>
    /// has it too.
    /// </value>
    public Action<Exception>? OnError { get; set; }

    /// <value>The clock. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Called after each step of a write that a crash could come behind. For tests that kill the process there.</summary>
    internal Action<string>? AfterStep { get; set; }

    /// <summary>Called before each call to the file system, with its name. For tests that make calls fail.</summary>
    internal Action<string>? BeforeCall { get; set; }
}
