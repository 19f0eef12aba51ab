namespace Secrets;

/// <summary>Application default credentials gave none: nothing is configured, or what is configured cannot be read.</summary>
internal sealed class NoCredentialException(Exception cause) : Exception("No application default credential.", cause);
