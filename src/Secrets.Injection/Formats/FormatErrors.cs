namespace Secrets;

/// <summary>How a file of another world is refused: what it should be, what is wrong, what to do. Never a line of the file itself.</summary>
internal static class FormatErrors
{
    internal static SecretException Refused(string what, string problem, string reason) =>
        new(SecretErrorCode.InvalidArgument, $"{what} is refused: {problem}") { Reason = reason };
}
