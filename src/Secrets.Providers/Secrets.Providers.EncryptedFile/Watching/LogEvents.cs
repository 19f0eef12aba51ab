namespace Secrets;

/// <summary>What the log tells to whoever watches the store.</summary>
/// <param name="OnChanges">Changes, this process's own included. May be none.</param>
/// <param name="OnFault">The store cannot be used any more.</param>
internal sealed record LogEvents(Action<IReadOnlyList<SecretStoreChange>> OnChanges, Action<Exception> OnFault);
