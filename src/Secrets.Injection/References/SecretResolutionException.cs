namespace Secrets;

/// <summary>
/// References that do not resolve: every one of them, with its places. Its code is the gravest cause: a secret that is denied or unavailable
/// comes before one that is missing.
/// </summary>
public sealed class SecretResolutionException : SecretException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">One or more.</param>
    public SecretResolutionException(IReadOnlyList<SecretReferenceProblem> problems)
        : base(Gravest(problems).Code, Describe(problems), Gravest(problems).Error)
    {
        Problems = problems;
        SecretException? cause = Gravest(problems).Error;
        Reason = cause?.Reason;
        StoreName = cause?.StoreName;
        Address = cause?.Address;
        RetryAfter = cause?.RetryAfter;
    }

    /// <summary>What does not resolve, in the order first written.</summary>
    public IReadOnlyList<SecretReferenceProblem> Problems { get; }

    private static SecretReferenceProblem Gravest(IReadOnlyList<SecretReferenceProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.MinBy(problem => problem.Code switch
        {
            SecretErrorCode.NotFound => 3,
            SecretErrorCode.KeyNotFound => 2,
            _ => 1,
        }) ?? throw new ArgumentException("There is no problem to report.", nameof(problems));
    }

    private static string Describe(IReadOnlyList<SecretReferenceProblem> problems) => problems.Count == 1
        ? $"A reference does not resolve. {problems[0]}"
        : $"{problems.Count} references do not resolve.\n  {string.Join("\n  ", problems)}";
}
