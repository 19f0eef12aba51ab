namespace Secrets;

/// <summary>Where offline copies are kept, and for how long they count.</summary>
internal sealed record OfflineSettings(Func<IServiceProvider, ISecretStore> CreateStore, TimeSpan MaxAge);
