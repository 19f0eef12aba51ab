namespace Secrets;

/// <summary>What can be read back of a webhook.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it posts.</param>
public sealed record SecretWebhookSummary(Guid Id, string Name, Uri Url);
