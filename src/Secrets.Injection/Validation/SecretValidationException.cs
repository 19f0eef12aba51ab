namespace Secrets;

/// <summary>References that a host, template or plan needs do not resolve. The message is the whole report.</summary>
public sealed class SecretValidationException : SecretException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="report">The report; not valid.</param>
    public SecretValidationException(SecretValidationReport report)
        : base(SecretErrorCode.ValidationFailed, Describe(report)) => Report = report;

    /// <summary>What was found.</summary>
    public SecretValidationReport Report { get; }

    private static string Describe(SecretValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.ToString();
    }
}
