using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>
/// Sends webhooks: renders the payload, sets <c>Authorization: Bearer</c> and <c>X-Wandb-Signature</c>, posts. A typed client of
/// <c>IHttpClientFactory</c>: <c>services.AddHttpClient&lt;SecretWebhookSender&gt;()</c>.
/// </summary>
/// <remarks>
/// Safe to use from any thread. The signature is over the very bytes sent. A redirect would carry the body to another place: give the
/// <see cref="HttpClient"/> a handler that does not follow any; a 3xx is an answer like any other here. The answer's body is not read.
/// </remarks>
/// <param name="http">Posts. Its logging must not write bodies.</param>
/// <param name="secrets">Finds the attached secrets, at each sending anew, so that a rotation counts from the next one on.</param>
public sealed class SecretWebhookSender(HttpClient http, ISecretsClient secrets)
{
    /// <summary>The header of the signature: base64 of HMAC-SHA256 over the body, keyed with the attached secret.</summary>
    public const string SignatureHeader = "X-Wandb-Signature";

    /// <summary>Sends what an automation says.</summary>
    /// <param name="automation">The automation.</param>
    /// <param name="occurrence">What happened.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <returns>What the receiver answered, a refusal included.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Unavailable"/>, <see cref="SecretErrorCode.TimedOut"/>: the receiver cannot be reached (reason <c>webhook</c>);
    /// <see cref="SecretErrorCode.KeyNotFound"/>: the event has no such metadata; <see cref="SecretErrorCode.InvalidArgument"/>: the token cannot
    /// stand in a header (reason <c>webhook-token</c>); the codes of a read for the attached secrets.
    /// </exception>
    public Task<HttpStatusCode> SendAsync(SecretWebhookAutomation automation, SecretWebhookEvent occurrence, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(automation);
        ArgumentNullException.ThrowIfNull(occurrence);
        return SendAsync(automation.Webhook, automation.Parsed, occurrence, cancellationToken);
    }

    /// <summary>Sends a payload that is not kept, with the real credentials: to try a webhook out.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="payload">As an automation's.</param>
    /// <param name="occurrence">The variables; null for blank ones.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <returns>What the receiver answered.</returns>
    /// <exception cref="SecretException">As for an automation's constructor and its sending.</exception>
    public Task<HttpStatusCode> TestAsync(SecretWebhook webhook, string payload, SecretWebhookEvent? occurrence = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(payload);
        SecretWebhookPayload parsed = new(webhook, payload, $"test payload of '{webhook.Name}'");
        return SendAsync(webhook, parsed, occurrence ?? new SecretWebhookEvent(), cancellationToken);
    }

    private async Task<HttpStatusCode> SendAsync(SecretWebhook webhook, SecretWebhookPayload payload, SecretWebhookEvent occurrence, CancellationToken cancellationToken)
    {
        (SecretValue? token, SecretValue? secret) = await ReadAsync(webhook, cancellationToken).ConfigureAwait(false);
        byte[] body = Render(webhook, payload, occurrence, token, secret);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (token is not null) request.Headers.Authorization = Bearer(webhook, token);
            if (secret is not null) request.Headers.Add(SignatureHeader, Sign(secret, body));
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.StatusCode;
        }
        catch (HttpRequestException unreachable)
        {
            throw new SecretException(SecretErrorCode.Unavailable, $"The webhook '{webhook.Name}' was not delivered: {webhook.Url.Host} cannot be reached. Try again later.", unreachable) { Reason = "webhook" };
        }
        catch (TaskCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SecretException(SecretErrorCode.TimedOut, $"The webhook '{webhook.Name}' was not answered by {webhook.Url.Host} in time; whether it arrived is not known.", timeout) { Reason = "webhook" };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    private async ValueTask<(SecretValue? Token, SecretValue? Secret)> ReadAsync(SecretWebhook webhook, CancellationToken cancellationToken)
    {
        SecretLookup[] lookups = [.. new[] { webhook.AccessTokenRef, webhook.SecretRef }.OfType<string>().Distinct().Select(name => new SecretLookup(name))];
        if (lookups.Length == 0) return default;
        IReadOnlyList<SecretLookupResult> results = await secrets.GetSecretsAsync(lookups, cancellationToken).ConfigureAwait(false);
        return (ValueOf(webhook.AccessTokenRef), ValueOf(webhook.SecretRef));

        SecretValue? ValueOf(string? name) => name is null ? null : results[Array.IndexOf(lookups, new SecretLookup(name))].GetSecretOrThrow().SingleValue();
    }

    private static byte[] Render(SecretWebhook webhook, SecretWebhookPayload payload, SecretWebhookEvent occurrence, SecretValue? token, SecretValue? secret)
    {
        using SecretCharBuffer text = new();
        List<SecretReferenceFault> faults = payload.Render(webhook, occurrence, token, secret, text);
        if (faults.Count > 0)
        {
            SecretReferenceFault fault = faults[0];
            string known = fault.Keys is { Count: > 0 } keys ? $"It has: {string.Join(", ", keys)}." : "It has none.";
            throw fault.Error.Code == SecretErrorCode.KeyNotFound
                ? new SecretException(SecretErrorCode.KeyNotFound, $"{fault.Reference.Place}: the event has no ${{{fault.Reference.QualifiedName}}}. {known}") { Reason = "webhook-variable" }
                : fault.Error;
        }

        byte[] body = new byte[Encoding.UTF8.GetByteCount(text.Written)];
        Encoding.UTF8.GetBytes(text.Written, body);
        return body;
    }

    private static AuthenticationHeaderValue Bearer(SecretWebhook webhook, SecretValue token)
    {
        string text = token.RevealString();
        // Checked here because the framework's own complaint would quote the token.
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The secret '{webhook.AccessTokenRef}' cannot be a bearer token: it is empty, or holds a space, a line break or another char that no header takes.") { Reason = "webhook-token" };
        return new AuthenticationHeaderValue("Bearer", text);
    }

    private static string Sign(SecretValue secret, byte[] body)
    {
        byte[] key = secret.RevealBytes();
        try
        {
            return Convert.ToBase64String(HMACSHA256.HashData(key, body));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
