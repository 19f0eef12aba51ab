using System.Net;
using System.Net.Sockets;

namespace Secrets.Injection.Tests.Webhooks;

/// <summary>A real HTTP server on this machine that keeps what it receives, byte for byte.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public WebhookReceiver(HttpStatusCode answer = HttpStatusCode.NoContent)
    {
        Url = new Uri($"http://127.0.0.1:{FreePort()}/hook");
        _listener.Prefixes.Add($"{Url.GetLeftPart(UriPartial.Authority)}/");
        _listener.Start();
        _loop = Task.Run(() => ReceiveAsync(answer));
    }

    public Uri Url { get; }

    public List<ReceivedRequest> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ReceiveAsync(HttpStatusCode answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using MemoryStream body = new();
            await context.Request.InputStream.CopyToAsync(body);
            Dictionary<string, string> headers = context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase);
            Requests.Add(new ReceivedRequest(context.Request.HttpMethod, headers, body.ToArray()));
            context.Response.StatusCode = (int)answer;
            context.Response.Close();
        }
    }
}
