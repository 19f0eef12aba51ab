using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using Google.Apis.Util;
using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>
/// The service's REST v1 on the vendor's own HTTP client: application default credentials, impersonation, workload identity, quota project and
/// retries are the SDK's. The generated Google.Cloud.SecretManager.V1 can take this file's place; see decision 0084.
/// </summary>
internal sealed class GoogleClient : IDisposable
{
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    private static readonly GoogleJson Json = GoogleJson.Default;

    private readonly GoogleSecretManagerOptions _options;
    private readonly Uri _root;
    private readonly string _parent;
    private readonly bool _isAnonymous;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile ConfigurableHttpClient? _http;

    public GoogleClient(GoogleSecretManagerOptions options)
    {
        _options = options;
        string? emulator = options.ServiceUrl is null ? Environment.GetEnvironmentVariable("SECRET_MANAGER_EMULATOR_HOST") : null;
        _root = options.ServiceUrl
            ?? (!string.IsNullOrEmpty(emulator) ? new Uri($"http://{emulator}/")
            : new Uri(options.Location is null ? "https://secretmanager.googleapis.com/" : $"https://secretmanager.{options.Location}.rep.googleapis.com/"));
        _isAnonymous = _root.Scheme == Uri.UriSchemeHttp && options.Credential is null;
        _parent = $"v1/projects/{Uri.EscapeDataString(options.Project!)}" + (options.Location is null ? "" : $"/locations/{Uri.EscapeDataString(options.Location)}");
    }

    public Task<NativeSecret> GetSecretAsync(string name, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Secret(name), null, Json.NativeSecret, cancellationToken);

    public Task<NativeSecret> CreateSecretAsync(string name, NativeSecret secret, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{_parent}/secrets?secretId={name}", Body(secret, Json.NativeSecret), Json.NativeSecret, cancellationToken);

    public Task<NativeSecret> PatchSecretAsync(string name, NativeSecret secret, string mask, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{Secret(name)}?updateMask={mask}", Body(secret, Json.NativeSecret), Json.NativeSecret, cancellationToken);

    public Task DeleteSecretAsync(string name, string? etag, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, Secret(name) + (etag is null ? "" : "?etag=" + Uri.EscapeDataString(etag)), null, Json.Nothing, cancellationToken);

    public Task<ListSecretsResponse> ListSecretsAsync(int pageSize, string? pageToken, string? filter, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{_parent}/secrets?pageSize={pageSize}{Parameter("pageToken", pageToken)}{Parameter("filter", filter)}", null, Json.ListSecretsResponse, cancellationToken);

    public Task<NativeVersion> GetVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Version(name, version), null, Json.NativeVersion, cancellationToken);

    public Task<AccessResponse> AccessVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Version(name, version) + ":access", null, Json.AccessResponse, cancellationToken);

    public Task<NativeVersion> AddVersionAsync(string name, byte[] data, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Secret(name) + ":addVersion", Body(new AddVersionRequest(new NativePayload(data, Crc32C.Of(data))), Json.AddVersionRequest), Json.NativeVersion, cancellationToken);

    public Task<NativeVersion> DestroyVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Version(name, version) + ":destroy", Body(new Nothing(), Json.Nothing), Json.NativeVersion, cancellationToken);

    public Task<NativeVersion> EnableVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Version(name, version) + ":enable", Body(new Nothing(), Json.Nothing), Json.NativeVersion, cancellationToken);

    public Task<NativeVersion> DisableVersionAsync(string name, string version, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Version(name, version) + ":disable", Body(new Nothing(), Json.Nothing), Json.NativeVersion, cancellationToken);

    public Task<ListVersionsResponse> ListVersionsAsync(string name, int pageSize, string? pageToken, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{Secret(name)}/versions?pageSize={pageSize}{Parameter("pageToken", pageToken)}", null, Json.ListVersionsResponse, cancellationToken);

    public void Dispose()
    {
        _http?.Dispose();
        _gate.Dispose();
    }

    private static byte[] Body<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private string Secret(string name) => $"{_parent}/secrets/{name}";

    // A version is a number or an alias of the caller's: escaped, so that it stays one part of the path.
    private string Version(string name, string version) => $"{Secret(name)}/versions/{Uri.EscapeDataString(version)}";

    private async Task<T> SendAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        ConfigurableHttpClient http = _http ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        using HttpRequestMessage request = new(method, new Uri(_root, path));
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("The body is null.")
            : throw Fault(response, answer);
    }

    private static GoogleFault Fault(HttpResponseMessage response, byte[] answer)
    {
        ErrorBody? error = null;
        try
        {
            error = JsonSerializer.Deserialize(answer, Json.ErrorResponse)?.Error;
        }
        catch (JsonException)
        {
            // A proxy's page: the status says what there is to say.
        }

        TimeSpan? wait = response.Headers.RetryAfter?.Delta;
        return new GoogleFault(response.StatusCode, error?.Status, error?.Message, wait is { } after && after < TimeSpan.FromDays(1) ? after : null);
    }

    // Not in the constructor: finding a credential reads files and asks the network. A failure is not kept, so the next call tries again.
    private async Task<ConfigurableHttpClient> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_http is { } opened)
                return opened;
            CreateHttpClientArgs arguments = new() { ApplicationName = "secrets-dotnet" };
            if (!_isAnonymous)
                arguments.Initializers.Add(await CredentialAsync(cancellationToken).ConfigureAwait(false));
            ConfigurableHttpClient http = new HttpClientFactory().CreateHttpClient(arguments);
            BackOffHandler backOff = new(new BackOffHandler.Initializer(new ExponentialBackOff())
            {
                HandleUnsuccessfulResponseFunc = answer => (int)answer.StatusCode is 429 or 503,
            });
            http.MessageHandler.AddUnsuccessfulResponseHandler(backOff);
            http.MessageHandler.AddExceptionHandler(backOff);
            _options.ConfigureClient?.Invoke(http);
            return _http = http;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<GoogleCredential> CredentialAsync(CancellationToken cancellationToken)
    {
        GoogleCredential credential = _options.Credential ?? await DefaultCredentialAsync(cancellationToken).ConfigureAwait(false);
        if (credential.IsCreateScopedRequired)
            credential = credential.CreateScoped(CloudPlatform);
        if (_options.Impersonate is { } account)
            credential = Impersonated(credential, account);
        return _options.QuotaProject is { } project ? credential.CreateWithQuotaProject(project) : credential;
    }

    private GoogleCredential Impersonated(GoogleCredential source, string account)
    {
        try
        {
            return source.Impersonate(new ImpersonatedCredential.Initializer(account) { Scopes = [CloudPlatform], HttpClientFactory = _options.HttpClientFactory });
        }
        catch (Exception refused) when (refused is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw new WrongSourceException(refused);
        }
    }

    private static async Task<GoogleCredential> DefaultCredentialAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GoogleCredential.GetApplicationDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is InvalidOperationException or IOException or JsonException or FormatException)
        {
            throw new NoCredentialException(cause);
        }
    }
}
