using System.Net;
using System.Net.Sockets;

namespace Secrets.Injection.Tests.Webhooks;

/// <summary>A real HTTP server on this machine that keeps what it receives, byte for byte.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private const int Attempts = 20;
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public WebhookReceiver(HttpStatusCode answer = HttpStatusCode.NoContent)
    {
        (_listener, Url) = Listen();
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

    // Another process may take the port before it is listened on.
    private static (HttpListener Listener, Uri Url) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            Uri url = new($"http://127.0.0.1:{FreePort()}/hook");
            HttpListener listener = new();
            listener.Prefixes.Add($"{url.GetLeftPart(UriPartial.Authority)}/");
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
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
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException || (stopped is InvalidOperationException && !_listener.IsListening))
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
