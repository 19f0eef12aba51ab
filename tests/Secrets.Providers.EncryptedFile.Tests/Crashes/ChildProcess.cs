using System.Diagnostics;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A process of its own that uses a store, and can be killed at any moment.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    internal ChildProcess(StoreBench bench, string mode, string last)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "Secrets.Testing.FileWriter.dll"), mode, bench.Path, bench.KeyPath, bench.AnchorDirectory, last })
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(), ReadErrorsAsync());
    }

    /// <summary>What it has said, complete lines only.</summary>
    internal List<string> Lines { get; } = [];

    internal string Errors { get; private set; } = "";

    internal Task Open => _open.Task;

    internal async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        // ReadLine would give a last line that the death cut short: only what ends in a line feed was said.
        System.Text.StringBuilder partial = new();
        char[] buffer = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            foreach (char c in buffer.AsSpan(0, read))
            {
                if (c != '\n')
                {
                    partial.Append(c);
                    continue;
                }

                lock (Lines)
                    Lines.Add(partial.ToString().TrimEnd('\r'));
                if (partial.Equals("open"))
                    _open.TrySetResult();
                partial.Clear();
            }
        }

        _open.TrySetResult();
    }

    private async Task ReadErrorsAsync() => Errors = await _process.StandardError.ReadToEndAsync();
}
