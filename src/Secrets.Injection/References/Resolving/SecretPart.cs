namespace Secrets;

/// <summary>What stands in for one reference: a value as it is, a text (a default, or the reference itself), or a piece of the buffer of encoded values.</summary>
internal struct SecretPart
{
    internal SecretValue? Value;
    internal string? Text;
    internal int Start;
    internal int Length;
}
