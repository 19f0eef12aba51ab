using System.Globalization;
using System.Text.Json;

namespace Secrets;

/// <summary>What the backends' errors have in common: their form, what a client's own fault means, and what is refused before any call.</summary>
/// <param name="storeName">The store.</param>
/// <param name="product">The service, as people say it.</param>
/// <param name="whereItIs">What says where the service is, as in "the endpoint".</param>
internal abstract class NativeErrors(string storeName, string product, string whereItIs)
{
    public string StoreName => storeName;

    /// <summary>What an entry's error means for a lookup: a denial of a service that may mean "missing" by it is no denial.</summary>
    public SecretReadStatus StatusOf(SecretException error) => error.Code switch
    {
        SecretErrorCode.NotFound => SecretReadStatus.NotFound,
        SecretErrorCode.Denied => MayBeMissing(error) ? SecretReadStatus.MissingOrDenied : SecretReadStatus.Denied,
        _ => SecretReadStatus.Failed,
    };

    public SecretException Make(SecretErrorCode code, string? reason, string doing, SecretAddress? address, string next, Exception? inner = null, TimeSpan? retryAfter = null) =>
        new(code, $"Could not {doing} {(address is { } one ? "the secret " + one : "secrets")} in the store '{storeName}'. {next}", inner)
        {
            StoreName = storeName,
            Address = address,
            Reason = reason,
            RetryAfter = retryAfter,
        };

    public SecretException WrongToken(string doing, SecretAddress? address) =>
        Make(SecretErrorCode.InvalidArgument, "continuation-token", doing, address, "The continuation token is of another listing. Start again without one.");

    /// <summary>The service's own token behind ours; null for the first page.</summary>
    public string? OwnToken(string? token, string fingerprint, string doing, SecretAddress? address) =>
        token is null ? null
        : token.StartsWith(fingerprint, StringComparison.Ordinal) ? token[fingerprint.Length..]
        : throw WrongToken(doing, address);

    public void CheckPageSize(SecretListing listing)
    {
        if (listing.PageSize is < 1 or > 10_000)
            throw Make(SecretErrorCode.InvalidArgument, "page-size", "list", null, "A page takes 1 to 10,000 secrets.");
    }

    public void CheckDeletion(SecretDelete delete)
    {
        if (delete.Condition.IfAbsent)
            throw Make(SecretErrorCode.InvalidArgument, "condition", "delete", delete.Address, "A deletion cannot ask for the secret to be absent.");
    }

    public void CheckSize(int bytes, int max, SecretAddress address)
    {
        if (bytes > max)
        {
            throw Make(SecretErrorCode.InvalidArgument, "value-size", "write", address, string.Create(
                CultureInfo.InvariantCulture, $"Its pairs take {bytes} bytes as JSON; {product} holds {max}. Keep large data elsewhere and its key here."));
        }
    }

    /// <summary>Whether the service denies so what does not exist, too.</summary>
    protected abstract bool MayBeMissing(SecretException denied);

    /// <summary>What one exception of the vendor's client means; null if it says nothing of its own.</summary>
    protected abstract (SecretErrorCode Code, string? Reason, string Next)? OfVendor(Exception fault);

    /// <summary>What the vendor's fault means where nothing inside it says; null if it says nothing of its own.</summary>
    protected virtual (SecretErrorCode Code, string? Reason, string Next)? OfWhole(Exception fault) => null;

    protected virtual Exception? Inside(Exception fault) => fault.InnerException;

    /// <summary>What a fault that is no answer of the service means.</summary>
    protected (SecretErrorCode Code, string? Reason, string Next) OfClient(Exception fault)
    {
        for (Exception? e = fault; e is not null; e = Inside(e))
        {
            if ((OfVendor(e) ?? OfConnection(e)) is { } known)
                return known;
        }

        return OfWhole(fault) ?? (SecretErrorCode.Unknown, null, "The SDK failed; the inner exception names its type.");
    }

    protected (SecretErrorCode Code, string? Reason, string Next) WrongAnswer() =>
        (SecretErrorCode.Unavailable, "wrong-answer", $"The answer is not {product}'s. Check {whereItIs}, and what stands between (a proxy's page?).");

    private (SecretErrorCode Code, string? Reason, string Next)? OfConnection(Exception fault) => fault switch
    {
        OperationCanceledException or TimeoutException => (SecretErrorCode.TimedOut, null, "There was no answer within the client's timeout. Check the network path, or raise the timeout."),
        HttpRequestException or IOException or System.Net.Sockets.SocketException => (SecretErrorCode.Unavailable, null, $"{product} could not be reached, or the connection broke. Check {whereItIs} and the network."),
        JsonException or FormatException => WrongAnswer(),
        _ => null,
    };
}
