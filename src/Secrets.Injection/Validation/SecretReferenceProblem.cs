using System.Text;

namespace Secrets;

/// <summary>One reference that does not resolve, with every place where it is written.</summary>
public sealed record SecretReferenceProblem
{
    /// <summary>What is referred to: <c>name.key</c>, or <c>name</c> for the only value; the text's place for one that does not parse.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>The reference as it is first written; null for one that does not parse.</summary>
    public SecretReference? Reference { get; init; }

    /// <summary>
    /// Why: <see cref="SecretErrorCode.NotFound"/>, <see cref="SecretErrorCode.KeyNotFound"/>, <see cref="SecretErrorCode.Denied"/>,
    /// <see cref="SecretErrorCode.Unavailable"/>, <see cref="SecretErrorCode.MalformedReference"/>, ...
    /// </summary>
    public required SecretErrorCode Code { get; init; }

    /// <summary>Why, in a sentence. Never a value.</summary>
    public required string Message { get; init; }

    /// <summary>Every place where it is written, in the order found.</summary>
    public required IReadOnlyList<SecretPlace> Places { get; init; }

    /// <summary>Names or keys like the missing one that the caller may see, nearest first; may be none.</summary>
    public IReadOnlyList<string> NearNames { get; init; } = [];

    /// <summary>What to do or to run next; null where nothing general can be said.</summary>
    public string? NextStep { get; init; }

    /// <summary>The error behind it; null where there is none.</summary>
    public SecretException? Error { get; init; }

    /// <summary>Several lines for people: what, why, where, what next.</summary>
    /// <returns>The lines, without a break at the end.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(QualifiedName).Append(": ").Append(Message);
        if (NearNames.Count > 0) text.Append(" Did you mean ").AppendJoin(", ", NearNames).Append('?');
        if (Code != SecretErrorCode.MalformedReference)
        {
            foreach (SecretPlace place in Places)
                text.Append("\n    at ").Append(place);
        }

        if (NextStep is not null) text.Append("\n    ").Append(NextStep);
        return text.ToString();
    }
}
