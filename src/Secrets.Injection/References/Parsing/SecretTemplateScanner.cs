namespace Secrets;

/// <summary>
/// Splits a text into pieces of text and references, in one pass from left to right. Between openers it searches, vectorised; no char is
/// looked at by hand, and none twice.
/// </summary>
internal static class SecretTemplateScanner
{
    /// <summary>Scans a text that may be a part of a document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="map">Where the text stands in the document.</param>
    /// <param name="places">The document's lines.</param>
    /// <param name="options">The syntaxes and encoders.</param>
    /// <param name="builder">Takes the pieces.</param>
    /// <param name="fault">What is wrong, if something is.</param>
    /// <param name="faults">Takes every fault, instead of the scan ending at the first one; what is malformed counts as text then.</param>
    /// <returns>False if a reference is malformed and that is the end.</returns>
    internal static bool TryScan(
        string text, SecretOffsetMap map, SecretPlaceCounter places, SecretTemplateOptions options, SecretTemplateBuilder builder, out SecretTemplateFault fault,
        List<SecretTemplateFault>? faults = null)
    {
        int at = 0;
        while (SecretOpener.TryFind(text, at, options.Syntaxes, out SecretOpener opener))
        {
            int keptBackslashes = opener.Backslashes / 2;
            builder.AddText(text, at, opener.EscapeStart + keptBackslashes - at);
            if (opener.IsEscaped)
            {
                builder.AddText(text, opener.Start, opener.End - opener.Start);
                at = opener.End;
                continue;
            }

            builder.AddText(text, opener.Start, opener.Delimiter - opener.Start);
            SecretReferenceParser parser = new(text, opener, options);
            if (parser.TryParse(places, map, out SecretReference? reference, out fault))
            {
                builder.AddReference(reference);
                at = parser.End;
                continue;
            }

            if (faults is null) return false;
            faults.Add(fault);
            builder.AddText(text, opener.Delimiter, opener.End - opener.Delimiter);
            at = opener.End;
        }

        builder.AddText(text, at, text.Length - at);
        fault = default;
        return true;
    }
}
