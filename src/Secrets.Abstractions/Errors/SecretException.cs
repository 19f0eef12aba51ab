using System.Globalization;

namespace Secrets;

/// <summary>
/// The one exception of this library. <see cref="Code"/> is stable and made for programs; the message is made for people: what was
/// tried, where, and what to do next. It never contains a value.
/// </summary>
/// <remarks>Cancellation is not an error of ours: it stays <see cref="OperationCanceledException"/>.</remarks>
public class SecretException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="message">Operation, address, next step. Never a value.</param>
    /// <param name="innerException">The vendor's or the system's own exception, scrubbed if it can hold a value.</param>
    public SecretException(SecretErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public SecretErrorCode Code { get; }

    /// <summary>
    /// A finer, stable word below the code, in kebab case, where one code has several causes that call for different acts
    /// (<c>wrong-key</c>, <c>newer-format</c>, <c>rollback</c>). Null where the code says it all.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>The store that answered, as in <see cref="ISecretStore.Name"/>; null if none was asked.</summary>
    public string? StoreName { get; init; }

    /// <summary>The secret it is about; null if about none or many.</summary>
    public SecretAddress? Address { get; init; }

    /// <summary>How long the store asks to wait before the next try; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True for codes where the same call may succeed later: throttled, unavailable, timed out.</summary>
    public bool IsTransient => Code is SecretErrorCode.Throttled or SecretErrorCode.Unavailable or SecretErrorCode.TimedOut;

    /// <summary>The answer of a store that is asked for what it does not declare.</summary>
    /// <param name="store">The store.</param>
    /// <param name="missing">The capability it would need.</param>
    /// <param name="address">The secret it was asked for, if one.</param>
    /// <returns>An exception with code <see cref="SecretErrorCode.Unsupported"/>, to be thrown by the caller.</returns>
    public static SecretException Unsupported(ISecretStore store, SecretStoreFeatures missing, SecretAddress? address = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new SecretException(
            SecretErrorCode.Unsupported,
            string.Create(CultureInfo.InvariantCulture, $"The store '{store.Name}' cannot do this: it lacks the capability {missing}. Use a store that declares it, or another way."))
        {
            StoreName = store.Name,
            Address = address,
            Reason = "capability",
        };
    }
}
