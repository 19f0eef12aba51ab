using System.Diagnostics;
using System.Net;

namespace Secrets.Samples.Tests;

/// <summary>The web sample, listening on loopback at a port of the system's choice, until it is disposed.</summary>
internal sealed class WebApplication : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Uri _address;

    private WebApplication(Process process, Uri address, IReadOnlyList<string> log)
    {
        _process = process;
        _address = address;
        Log = log;
    }

    /// <summary>What it wrote until it listened.</summary>
    public IReadOnlyList<string> Log { get; }

    public static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        Process process = Process.Start(SampleProgram.StartInfo("WebApi", "--urls", "http://127.0.0.1:0"))!;
        try
        {
            List<string> log = [];
            return new WebApplication(process, await AddressAsync(process, log, cancellationToken), log);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>Somebody with a browser: cookies are kept.</summary>
    public HttpClient NewVisitor() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _address };

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static async Task<Uri> AddressAsync(Process process, List<string> log, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            log.Add(line);
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at < 0) continue;
            // The rest must be read, or a full pipe would stop the program.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(line[(at + Listening.Length)..].Trim());
        }

        throw new InvalidOperationException("The sample ended without listening: " + await process.StandardError.ReadToEndAsync(cancellationToken));
    }
}
