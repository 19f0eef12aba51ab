namespace Secrets;

/// <summary>Why a text does not parse, as a value: a fuzzer that meets a million of them must not pay for exceptions.</summary>
/// <param name="Offset">Where, in chars from the start of the document.</param>
/// <param name="Reason">The stable word of <see cref="SecretException.Reason"/>.</param>
/// <param name="Message">What is wrong and what to do. No text of the document but single chars and encoder names.</param>
internal readonly record struct SecretTemplateFault(int Offset, string Reason, string Message)
{
    internal SecretException ToException(SecretPlaceCounter places) => ToException(places.Locate(Offset));

    internal SecretException ToException(SecretPlace place) => new(SecretErrorCode.MalformedReference, $"{place}: {Message}")
    {
        Reason = Reason,
    };
}
