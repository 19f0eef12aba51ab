namespace Secrets.Samples.WebApi;

/// <summary>The section <c>Mail</c>, bound as ever; two of its values come from secrets.</summary>
internal sealed class MailOptions
{
    public Uri? Endpoint { get; set; }

    public SecretValue? ApiKey { get; set; }

    public string? Sender { get; set; }
}
