using System.Net;

namespace Secrets;

/// <summary>An error answer of the service: its status, its own word for it, and its message.</summary>
internal sealed class GoogleFault(HttpStatusCode status, string? word, string? message, TimeSpan? retryAfter) : Exception(message)
{
    public int Status => (int)status;

    /// <summary><c>NOT_FOUND</c>, <c>PERMISSION_DENIED</c>, ...; null if the answer was not the service's.</summary>
    public string? Word => word;

    public TimeSpan? RetryAfter => retryAfter;
}
