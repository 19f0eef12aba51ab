namespace Secrets;

/// <summary>A version whose data key is sealed under an epoch that is to go.</summary>
internal readonly record struct StaleWrap(SecretAddress Address, bool IsDeleted, ulong Version);
