namespace Secrets;

/// <summary>What is wrong with a listing that somebody asked for. The text that was given may be a pasted value, so it is not repeated.</summary>
internal static class ListingErrors
{
    internal static SecretException Invalid(string reason, string message) => new(SecretErrorCode.InvalidArgument, message) { Reason = reason };
}
