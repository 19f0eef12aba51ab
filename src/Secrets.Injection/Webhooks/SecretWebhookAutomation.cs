namespace Secrets;

/// <summary>What to send when something happens: a webhook and a payload. The payload is checked when the automation is made, not when it fires.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class SecretWebhookAutomation
{
    private const int MaxNameLength = 255;

    /// <summary>Makes an automation.</summary>
    /// <param name="name">1 to 255 chars.</param>
    /// <param name="webhook">Where to send.</param>
    /// <param name="payload">A JSON object with <c>${...}</c>: variables of the event, <c>${ACCESS_TOKEN}</c>, the attached secret by its name.</param>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: the name, or no JSON object, or a variable that nothing gives (reasons
    /// <c>automation-name</c>, <c>webhook-payload</c>, <c>webhook-variable</c>); <see cref="SecretErrorCode.MalformedReference"/>: it does not parse.
    /// </exception>
    public SecretWebhookAutomation(string name, SecretWebhook webhook, string payload)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(payload);
        if (name.Length is 0 or > MaxNameLength)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"An automation's name takes 1 to {MaxNameLength} chars.") { Reason = "automation-name" };
        Name = name;
        Webhook = webhook;
        Payload = payload;
        Parsed = new SecretWebhookPayload(webhook, payload, $"payload of '{name}'");
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it sends.</summary>
    public SecretWebhook Webhook { get; }

    /// <summary>The payload as written, references unresolved.</summary>
    public string Payload { get; }

    internal SecretWebhookPayload Parsed { get; }
}
