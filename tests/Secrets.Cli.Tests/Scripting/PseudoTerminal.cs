using System.Diagnostics;
using System.Text;

namespace Secrets.Cli.Tests.Scripting;

/// <summary>The tool as a process on a terminal of its own, which <c>script</c> makes: what a person would see, and a way to type.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _seen = new();

    private PseudoTerminal(Process process) => _process = process;

    public string Seen => _seen.ToString();

    public static PseudoTerminal Start(string directory, params string[] arguments) => Start(directory, "dumb", arguments);

    /// <summary>Starts the tool on a terminal of some kind (<c>TERM</c>).</summary>
    public static PseudoTerminal StartOn(string kind, string directory, params string[] arguments) => Start(directory, kind, arguments);

    private static PseudoTerminal Start(string directory, string kind, string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll");
        string command = $"exec dotnet '{tool}' {string.Join(' ', arguments.Select(argument => $"'{argument}'"))}";
        ProcessStartInfo start = new("script", ["-q", "-e", "-c", command, "/dev/null"])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, "state");
        start.Environment["TERM"] = kind;
        start.Environment.Remove("NO_COLOR");
        return new PseudoTerminal(Process.Start(start)!);
    }

    /// <summary>Waits until a text is on the screen.</summary>
    public async Task SeeAsync(string text)
    {
        using CancellationTokenSource patience = new(Patience);
        char[] buffer = new char[256];
        while (!Seen.Contains(text, StringComparison.Ordinal))
        {
            int count = await _process.StandardOutput.ReadAsync(buffer, patience.Token);
            Assert.That(count, Is.Positive, $"the screen never showed '{text}', but: {Seen}");
            _seen.Append(buffer, 0, count);
        }
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text + "\r");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end; gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        _seen.Append(await _process.StandardOutput.ReadToEndAsync(patience.Token));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
