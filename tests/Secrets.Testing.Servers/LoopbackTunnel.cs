using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Secrets.Testing.Servers;

/// <summary>
/// A proxy on loopback that knows one host and leads to a local port for it. A program that takes its proxy from <c>HTTPS_PROXY</c> so meets a
/// test server under a vendor's own name. Every other host is refused: nothing leaves the machine.
/// </summary>
public sealed class LoopbackTunnel(string host, int port) : IAsyncDisposable
{
    private const int MaxHead = 8 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _asked = [];
    private Task _accepting = Task.CompletedTask;

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>What it was asked to lead to, refused ones included.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true)
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream near = client.GetStream();
                string[] line = (await ReadHeadAsync(near)).Split(' ');
                string target = line.Length > 1 ? line[1] : "";
                lock (_asked)
                    _asked.Add(target);
                if (line[0] != "CONNECT" || target != $"{host}:443")
                {
                    await near.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
                    return;
                }

                using TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                await near.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
                NetworkStream far = server.GetStream();
                // The first side to end ends both: nobody keeps half a connection here.
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or FormatException)
            {
                // One side went; so does the other.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (head.Length >= MaxHead || await stream.ReadAsync(one, _stop.Token) == 0)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"No request in the first {head.Length} bytes."));
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
