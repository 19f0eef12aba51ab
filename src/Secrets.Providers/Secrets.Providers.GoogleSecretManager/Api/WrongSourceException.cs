namespace Secrets;

/// <summary>The credential cannot be exchanged for a service account's.</summary>
internal sealed class WrongSourceException(Exception cause) : Exception("Not a credential to act as a service account from.", cause);
