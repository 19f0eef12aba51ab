using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What a validation found: every reference that would not resolve, with every place where it is written. Holds no values.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed partial class SecretValidationReport
{
    internal SecretValidationReport(SecretValidationLevel level, int referenceCount, IReadOnlyList<SecretReferenceProblem> problems)
    {
        Level = level;
        ReferenceCount = referenceCount;
        Problems = problems;
    }

    /// <summary>How far it checked.</summary>
    public SecretValidationLevel Level { get; }

    /// <summary>How many references are written in what it was given, each place counted.</summary>
    public int ReferenceCount { get; }

    /// <summary>What would not resolve; one entry per <c>name.key</c>, in the order first written.</summary>
    public IReadOnlyList<SecretReferenceProblem> Problems { get; }

    /// <summary>True if there is no problem.</summary>
    public bool IsValid => Problems.Count == 0;

    /// <summary>Throws if there is a problem.</summary>
    /// <exception cref="SecretValidationException">There is; it carries this report.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid) throw new SecretValidationException(this);
    }

    /// <summary>
    /// Logs a warning for each problem instead of throwing: for places other than the start of a run, where a missing secret is not an error
    /// yet.
    /// </summary>
    /// <param name="logger">Takes the warnings.</param>
    /// <returns>True if there is no problem.</returns>
    public bool WarnIfInvalid(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        foreach (SecretReferenceProblem problem in Problems)
            LogProblem(logger, problem.QualifiedName, problem);
        return IsValid;
    }

    /// <summary>The whole report, for people.</summary>
    /// <returns>Several lines, without a break at the end.</returns>
    public override string ToString()
    {
        if (IsValid) return $"All {ReferenceCount} secret references are fine ({Level.ToSetting()}).";
        string head = Problems.Count == 1
            ? $"1 of {ReferenceCount} secret references is at fault ({Level.ToSetting()}):"
            : $"{Problems.Count} secret references are at fault ({Level.ToSetting()}):";
        return $"{head}\n  {string.Join("\n  ", Problems)}";
    }

    [LoggerMessage(4001, LogLevel.Warning, "The secret reference {Reference} will not resolve. {Problem}")]
    private static partial void LogProblem(ILogger logger, string reference, SecretReferenceProblem problem);
}
