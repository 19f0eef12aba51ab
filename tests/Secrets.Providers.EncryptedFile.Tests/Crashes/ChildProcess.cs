using System.Diagnostics;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A process of its own that uses a store, and can be killed at any moment.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _wanted;
    private readonly Task _reading;

    /// <summary>Starts it.</summary>
    /// <param name="benches">Its stores.</param>
    /// <param name="mode">What it does.</param>
    /// <param name="last">The argument of that.</param>
    /// <param name="wanted">After how many lines it has said enough.</param>
    /// <param name="environment">What is in its environment besides what is in this one's.</param>
    internal ChildProcess(IEnumerable<StoreBench> benches, string mode, string last, int wanted = 1, params (string Name, string Value)[] environment)
    {
        _wanted = wanted;
        ProcessStartInfo start = new("dotnet")
        {
            // Ends with this process, and the child with it.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // The long runs start thousands, from a writer that is compiled ahead.
        if (Environment.GetEnvironmentVariable("SECRETS_SOAK_WRITER") is { Length: > 0 } compiled)
            start.FileName = compiled;
        else
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Secrets.Testing.FileWriter.dll"));
        foreach (string argument in new[] { mode, string.Join(',', benches.Select(bench => bench.Directory.Path)), last })
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(), ReadErrorsAsync());
    }

    internal ChildProcess(StoreBench bench, string mode, string last)
        : this([bench], mode, last)
    {
    }

    /// <summary>Makes it reserve space with its first commit.</summary>
    internal static (string Name, string Value)[] ReservesAtOnce(bool reserves) => reserves ? [("SECRETS_WRITER_RESERVE_FROM", "1")] : [];

    /// <summary>What it has said, complete lines only.</summary>
    internal List<string> Lines { get; } = [];

    internal string Errors { get; private set; } = "";

    internal Task Open => _open.Task;

    /// <summary>Ends when it has said as many lines as were wanted, or nothing more.</summary>
    internal Task SaidEnough => _enough.Task;

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

                Lines.Add(partial.ToString().TrimEnd('\r'));
                if (Lines.Count == _wanted)
                    _enough.TrySetResult();
                if (partial.Equals("open"))
                    _open.TrySetResult();
                partial.Clear();
            }
        }

        _open.TrySetResult();
        _enough.TrySetResult();
    }

    private async Task ReadErrorsAsync() => Errors = await _process.StandardError.ReadToEndAsync();
}
