using System.Text.Json;

namespace Secrets;

/// <summary>
/// The body of a webhook: a JSON object in which <c>${...}</c> stands for a variable of the event, for <c>${ACCESS_TOKEN}</c>, or for the
/// attached secret by its name. Every value is encoded for the string it stands in. A bare <c>$NAME</c> is text.
/// </summary>
internal sealed class SecretWebhookPayload
{
    internal const string AccessToken = "ACCESS_TOKEN";
    internal const string AttachedSecret = "SECRET_NAME";

    private static readonly SecretTemplateOptions Parsing = new() { Syntaxes = SecretSyntaxes.DollarBraces, TakesDottedNames = true };

    private readonly SecretTemplate _template;

    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.MalformedReference"/>: it does not parse; <see cref="SecretErrorCode.InvalidArgument"/>: it is no JSON object, or
    /// uses a variable that nothing can give.
    /// </exception>
    internal SecretWebhookPayload(SecretWebhook webhook, string payload, string source)
    {
        _template = SecretTemplate.ParseJson(payload, Parsing with { Path = source });
        // It parsed as JSON, so this reads one token.
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(payload), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.TrySkip()) throw NotAnObject(source);
            reader.Read();
        }
        catch (JsonException)
        {
            throw NotAnObject(source);
        }

        foreach (SecretReference reference in _template.References)
        {
            if (!IsKnown(webhook, reference)) throw Unknown(webhook, reference);
        }
    }

    /// <summary>Writes the body.</summary>
    /// <param name="webhook">Which secrets are attached.</param>
    /// <param name="occurrence">The variables.</param>
    /// <param name="token">The access token; null if none is attached.</param>
    /// <param name="secret">The other secret; null if none is attached.</param>
    /// <param name="body">Takes the JSON.</param>
    /// <returns>What does not resolve: metadata keys that the event does not have.</returns>
    internal List<SecretReferenceFault> Render(SecretWebhook webhook, SecretWebhookEvent occurrence, SecretValue? token, SecretValue? secret, SecretCharBuffer body)
    {
        SecretLookupResult[] results = [.. _template.Lookups.Select(lookup => Found(lookup.Name, Values(webhook, lookup.Name, occurrence, token, secret)))];
        List<SecretReferenceFault> faults = [];
        SecretTemplateRenderer.RenderTo(body, _template, results, SecretResolveOptions.Default, faults);
        return faults;
    }

    private static SecretValues Values(SecretWebhook webhook, string name, SecretWebhookEvent occurrence, SecretValue? token, SecretValue? secret)
    {
        if (name == SecretWebhookEvent.Metadata) return new(occurrence.ArtifactMetadata.Select(pair => KeyValuePair.Create(pair.Key, SecretValue.FromString(pair.Value))));
        if (SecretWebhookEvent.VariableNames.Contains(name)) return new() { [SecretProperties.SingleKey] = occurrence.ValueOf(name) };
        return new() { [SecretProperties.SingleKey] = (IsToken(webhook, name) ? token : secret)! };
    }

    private static SecretLookupResult Found(string name, SecretValues values) =>
        new(SecretReadStatus.Found, new Secret(new SecretProperties(SecretAddress.Public(name), new SecretVersion("event")), values), null);

    private static bool IsKnown(SecretWebhook webhook, SecretReference reference)
    {
        string name = reference.Lookup.Name;
        if (reference.Key is not null) return name == SecretWebhookEvent.Metadata;
        if (SecretWebhookEvent.VariableNames.Contains(name)) return true;
        return IsToken(webhook, name) || (webhook.SecretRef is { } attached && (name == attached || name == AttachedSecret));
    }

    private static bool IsToken(SecretWebhook webhook, string name) => webhook.AccessTokenRef is { } token && (name == AccessToken || name == token);

    private static SecretException Unknown(SecretWebhook webhook, SecretReference reference)
    {
        IEnumerable<string> known = SecretWebhookEvent.VariableNames
            .Append($"{SecretWebhookEvent.Metadata}.KEY")
            .Concat(webhook.AccessTokenRef is null ? [] : [AccessToken])
            .Concat(webhook.SecretRef is { } attached ? [attached] : []);
        return new SecretException(
            SecretErrorCode.InvalidArgument,
            $"{reference.Place}: nothing gives ${{{reference.QualifiedName}}}. A payload takes {string.Join(", ", known)}; attach a secret to the webhook to use it.")
        {
            Reason = "webhook-variable",
        };
    }

    private static SecretException NotAnObject(string source) =>
        new(SecretErrorCode.InvalidArgument, $"{source}: the payload of a webhook is one JSON object without comments.") { Reason = "webhook-payload" };
}
