using System.Diagnostics;

namespace Secrets;

/// <summary>
/// The files of a plan in a directory, in the kubelet's layout, following their secrets: a change is visible to readers all at once, per
/// secret. Disposing removes them.
/// </summary>
/// <remarks>
/// Safe to use from any thread. A reader that needs two files of one secret from the same version reads them through
/// <see cref="SecretMountSnapshot"/>. If the process is killed the files stay, until the next mount of the same secrets takes them over.
/// </remarks>
[DebuggerDisplay("{Path}")]
public sealed class SecretMount : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Dictionary<string, ProjectedDirectory> _directories = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly InjectionSource _source;
    private readonly SecretMountOptions _options;
    private readonly ITimer _cleaner;
    private InjectionContent _content;
    private int _disposed;

    private SecretMount(InjectionPlan plan, string path, SecretMountOptions options)
    {
        _source = plan.Source;
        _content = plan.Content;
        _options = options;
        Path = path;
        _cleaner = options.TimeProvider.CreateTimer(static state => ((SecretMount)state!).RemovePrevious(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The directory that stands for <see cref="InjectionOptions.MountRoot"/>: each secret has its own directory below it.</summary>
    public string Path { get; }

    /// <summary>The full paths of the files, sorted.</summary>
    public IReadOnlyList<string> Files => [.. _content.Files.Select(file => $"{InjectionPaths.Under(Path, file.Directory)}/{file.Path}")];

    /// <summary>Why the last change could not be mounted; null if it could. The files are as they were before it.</summary>
    public Exception? LastError { get; private set; }

    internal InjectionContent Content => _content;

    internal static async ValueTask<SecretMount> CreateAsync(InjectionPlan plan, string path, SecretMountOptions options, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new SecretException(SecretErrorCode.Unsupported, "Files cannot be mounted on Windows: it has no links that are swapped in one step. Deliver the secrets as variables.") { Reason = "platform" };
        plan.ThrowIfConflicting();
        // Links above the mount are the user's own (/var/run); those below it would be somebody else's.
        SecretMount mount = new(plan, InjectionPaths.RealPath(InjectionPaths.Absolute(System.IO.Path.GetFullPath(path), "The mount directory")), options);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            mount.Write(plan.Content);
            if (options.Follow) mount.Subscribe();
            return mount;
        }
        catch (Exception failure)
        {
            bool isClean = await mount.TryDisposeAsync().ConfigureAwait(false);
            if (!MountErrors.IsFileFailure(failure)) throw;
            throw MountErrors.From(failure, mount.Path, isClean ? "Nothing was left there." : "What was written could not be removed; the next mount there sweeps it.");
        }
    }

    /// <summary>Reads the secrets again and writes what changed. Called by itself when <see cref="SecretMountOptions.Follow"/> is on.</summary>
    /// <param name="cancellationToken">Cancels the call; what is written stays whole.</param>
    /// <returns>True if a file changed.</returns>
    /// <exception cref="SecretException">
    /// A secret cannot be read, there is a conflict now, or the disk refuses; of each secret the files are whole, old or new, and the next
    /// update tries again.
    /// </exception>
    public async ValueTask<bool> UpdateAsync(CancellationToken cancellationToken = default)
    {
        InjectionContent content = await _source.ReadAsync(cancellationToken).ConfigureAwait(false);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            InjectionPlan.ThrowIfConflicting(content);
            bool changed = Write(content);
            LastError = null;
            if (changed) _options.OnUpdated?.Invoke();
            return changed;
        }
        catch (Exception failure) when (MountErrors.IsFileFailure(failure))
        {
            throw MountErrors.From(failure, Path, "Of each secret the files are whole, old or new.");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Opens the files of one directory as they are now: all from one version, whatever changes meanwhile.</summary>
    /// <param name="secretName">The name of a secret of the plan whose files are below <see cref="Path"/>.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>: nothing is mounted there.</exception>
    public SecretMountSnapshot OpenSnapshot(string secretName) => SecretMountSnapshot.Open(System.IO.Path.Combine(Path, InjectionPaths.Step(secretName, "The name")));

    /// <summary>Stops following and removes the files.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        foreach (IDisposable subscription in _subscriptions) subscription.Dispose();
        await _cleaner.DisposeAsync().ConfigureAwait(false);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (ProjectedDirectory directory in _directories.Values.Reverse()) directory.Remove();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask<bool> TryDisposeAsync()
    {
        try
        {
            await DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (MountErrors.IsFileFailure(failure))
        {
            // What made the mount fail is the error to tell.
            return false;
        }
    }

    private bool Write(InjectionContent content)
    {
        bool changed = false;
        foreach (IGrouping<string, FileEntry> files in content.Files.GroupBy(file => InjectionPaths.Under(Path, file.Directory)))
        {
            if (!_directories.TryGetValue(files.Key, out ProjectedDirectory? directory)) _directories.Add(files.Key, directory = new ProjectedDirectory(files.Key, _options));
            changed |= directory.Write([.. files.Select(file => new ProjectedFile(file.Path, file.Mode, file.Content(files.Key)))]);
        }

        foreach (ProjectedDirectory emptied in _directories.Values.Where(directory => !content.Files.Any(file => InjectionPaths.Under(Path, file.Directory) == directory.FullPath)))
            changed |= emptied.Write([]);
        _content = content;
        if (changed) _cleaner.Change(_options.KeepPrevious, Timeout.InfiniteTimeSpan);
        return changed;
    }

    private void Subscribe()
    {
        foreach (SecretLookup lookup in _source.Lookups) _subscriptions.Add(_source.Client.OnChange(lookup, _ => Follow()));
    }

    private void Follow() => _ = Task.Run(async () =>
    {
        try
        {
            await UpdateAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The change came while the mount was being disposed.
        }
        catch (Exception e)
        {
            LastError = e;
            _options.OnError?.Invoke(e);
        }
    });

    private void RemovePrevious()
    {
        if (!_writing.Wait(0))
        {
            _cleaner.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            return;
        }

        try
        {
            bool more = false;
            if (_disposed == 0)
            {
                foreach (ProjectedDirectory directory in _directories.Values) more |= directory.RemovePrevious();
            }

            if (more) _cleaner.Change(_options.KeepPrevious, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _writing.Release();
        }
    }
}
