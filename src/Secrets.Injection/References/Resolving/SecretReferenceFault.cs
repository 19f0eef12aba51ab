namespace Secrets;

/// <summary>A reference that did not resolve, and why.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Error">Why.</param>
/// <param name="Keys">The keys that the secret does have, where it was found.</param>
internal readonly record struct SecretReferenceFault(SecretReference Reference, SecretException Error, IReadOnlyCollection<string>? Keys = null)
{
    /// <summary>Whether this is a secret or key that is not there, as opposed to one that cannot be had.</summary>
    internal bool IsMissing => Error.Code is SecretErrorCode.NotFound or SecretErrorCode.KeyNotFound;

    internal static SecretReferenceFault NoKey(SecretReference reference, SecretProperties properties, IReadOnlyCollection<string> keys)
    {
        string message = reference.Key is { } key
            ? $"the secret {properties.Address} has no key '{key}'. Its keys are: {string.Join(", ", keys)}."
            : $"the secret {properties.Address} has several keys ({string.Join(", ", keys)}), so it has no single value. Name one: {{{{{reference.Lookup.Name}.key}}}}.";
        SecretException error = new(SecretErrorCode.KeyNotFound, message)
        {
            Address = properties.Address,
            Reason = reference.Key is null ? "no-single-value" : null,
        };
        return new SecretReferenceFault(reference, error, keys);
    }
}
