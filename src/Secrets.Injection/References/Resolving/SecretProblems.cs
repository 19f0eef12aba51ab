namespace Secrets;

/// <summary>Makes one entry per missing thing out of faults: all its places together, with near names and the next step.</summary>
internal static class SecretProblems
{
    internal static async ValueTask<IReadOnlyList<SecretReferenceProblem>> DescribeAsync(
        IEnumerable<SecretReferenceFault> faults, SecretNearNames names, CancellationToken cancellationToken)
    {
        List<SecretReferenceProblem> problems = [];
        foreach (IGrouping<(SecretLookup, string?, SecretErrorCode), SecretReferenceFault> same in faults.GroupBy(fault => (fault.Reference.Lookup, fault.Reference.Key, fault.Error.Code)))
            problems.Add(await DescribeAsync(same.First(), [.. same.Select(fault => fault.Reference.Place).Distinct()], names, cancellationToken).ConfigureAwait(false));
        return problems;
    }

    /// <summary>A text that does not parse. Its message gives the exact place.</summary>
    internal static SecretReferenceProblem Malformed(SecretException malformed, SecretPlace place) => new()
    {
        QualifiedName = place.Path ?? place.Source ?? "text",
        Code = SecretErrorCode.MalformedReference,
        Message = malformed.Message,
        Places = [place],
        Error = malformed,
    };

    private static async ValueTask<SecretReferenceProblem> DescribeAsync(
        SecretReferenceFault fault, IReadOnlyList<SecretPlace> places, SecretNearNames names, CancellationToken cancellationToken)
    {
        SecretReference reference = fault.Reference;
        IReadOnlyList<string> near = fault.Error.Code switch
        {
            SecretErrorCode.NotFound => await names.OfAsync(reference.Lookup, cancellationToken).ConfigureAwait(false),
            SecretErrorCode.KeyNotFound when reference.Key is { } key => SecretNearNames.Nearest(key, fault.Keys ?? []),
            _ => [],
        };
        return new SecretReferenceProblem
        {
            QualifiedName = reference.QualifiedName,
            Reference = reference,
            Code = fault.Error.Code,
            Message = Message(fault),
            Places = places,
            NearNames = near,
            NextStep = SecretNextStep.For(fault),
            Error = fault.Error,
        };
    }

    private static string Message(SecretReferenceFault fault) => fault.Error.Code == SecretErrorCode.NotFound
        ? $"there is no secret {fault.Reference.Lookup}."
        : fault.Error.Message;
}
