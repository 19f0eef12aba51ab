using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Secrets.Testing.Servers;

/// <summary>
/// One cloud's wire on Kestrel, on loopback only: a derived class answers, this one listens, counts and breaks what it is asked to break.
/// </summary>
public abstract class LoopbackServer : IAsyncDisposable
{
    private readonly List<ServerCall> _calls = [];
    private WebApplication? _app;
    private int _underWay;
    private int _mostAtOnce;

    protected LoopbackServer(TimeProvider? time = null) => Time = time ?? TimeProvider.System;

    /// <summary>Where it listens, once started.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0/");

    public TimeProvider Time { get; }

    /// <summary>What is to go wrong, in the order in which it was asked for.</summary>
    public ServerFaults Faults { get; } = new();

    /// <summary>How long every answer takes at least. Default none.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The operations called so far, faulty ones included.</summary>
    public IReadOnlyList<ServerCall> Calls
    {
        get
        {
            lock (_calls)
                return [.. _calls];
        }
    }

    /// <summary>The most calls that were under way at one time since they were last forgotten.</summary>
    public int MostAtOnce
    {
        get
        {
            lock (_calls)
                return _mostAtOnce;
        }
    }

    /// <summary>The lock around all state: an answer is computed under it.</summary>
    protected Lock Gate { get; } = new();

    public void ForgetCalls()
    {
        lock (_calls)
        {
            _calls.Clear();
            _mostAtOnce = _underWay;
        }
    }

    public async Task StartAsync(int port = 0, X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Url = new Uri(address + "/");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Faults.ReleaseAll();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>Reads the request; the whole answer is in memory before any of it is sent.</summary>
    protected abstract ServerAnswer Answer(ServerRequest request);

    /// <summary>The operation and the secret that a request is about, for counting and for faults.</summary>
    protected abstract ServerCall Name(ServerRequest request);

    private async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        ServerRequest request = new(context.Request, body.ToArray());
        ServerCall call = Name(request);
        lock (_calls)
        {
            _calls.Add(call);
            _mostAtOnce = Math.Max(_mostAtOnce, ++_underWay);
        }

        ServerFault? fault = Faults.Take(call);
        ServerAnswer answer;
        try
        {
            answer = await AnswerAsync(request, fault, context.RequestAborted);
        }
        finally
        {
            // Before the answer is sent: whoever has it may call again at once.
            lock (_calls)
                _underWay--;
        }

        context.Response.StatusCode = answer.Status;
        // By this clients see that their own clock is off.
        context.Response.Headers.Date = Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        foreach ((string name, string value) in answer.Headers)
            context.Response.Headers[name] = value;
        context.Response.ContentLength = answer.Body.Length;
        if (fault?.ResetsMidBody == true)
        {
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task<ServerAnswer> AnswerAsync(ServerRequest request, ServerFault? fault, CancellationToken cancellationToken)
    {
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency, Time, cancellationToken);
        if (fault?.Hold is { } hold)
            await hold.WaitAsync(cancellationToken);
        return fault?.Instead?.Invoke(request) ?? Answered(request);
    }

    private ServerAnswer Answered(ServerRequest request)
    {
        lock (Gate)
            return Answer(request);
    }
}
