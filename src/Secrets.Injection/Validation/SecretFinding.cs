namespace Secrets;

/// <summary>What a validation knows of one secret: that it is there, with or without its key names, or why not.</summary>
internal readonly record struct SecretFinding(SecretProperties? Properties, IReadOnlyCollection<string>? Keys, SecretException? Error)
{
    /// <summary>True if nothing more is to be learned by reading: the keys are known, or there is nothing that could have keys.</summary>
    internal bool KnowsKeys => Keys is not null || Error?.Code == SecretErrorCode.NotFound;

    internal static SecretFinding Of(SecretLookup lookup, SecretDescribeResult result) => result.Status switch
    {
        SecretReadStatus.Found => new(result.Properties, result.Properties!.KeyNames, null),
        SecretReadStatus.NotFound => new(null, null, new SecretException(SecretErrorCode.NotFound, $"There is no secret {lookup}.")),
        _ => new(null, null, result.Error ?? new SecretException(SecretErrorCode.Denied, $"The secret {lookup} is missing, or access to it is denied.")),
    };

    internal static SecretFinding Of(SecretLookupResult result) => new(result.Secret?.Properties, result.Secret?.Keys, result.Error);

    internal SecretReferenceFault? FaultOf(SecretReference reference, SecretValidationLevel level)
    {
        if (Error is not null) return new SecretReferenceFault(reference, Error);
        if (level != SecretValidationLevel.SecretAndKeyExists || Keys is null) return null;
        bool has = reference.Key is { } key ? Keys.Contains(key) : Keys.Count == 1 || Keys.Contains(SecretProperties.SingleKey);
        return has ? null : SecretReferenceFault.NoKey(reference, Properties!, Keys);
    }
}
