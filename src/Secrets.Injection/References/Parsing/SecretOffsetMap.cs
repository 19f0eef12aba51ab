namespace Secrets;

/// <summary>Where the chars of a text stand in the document that it is a part of: shifted, or one by one where the document escapes.</summary>
/// <param name="Start">Where the text starts in the document.</param>
/// <param name="Offsets">The document offset of each char and of the end; null where the text stands in the document as it is.</param>
internal readonly record struct SecretOffsetMap(int Start, int[]? Offsets = null)
{
    internal int ToDocument(int offset) => Offsets is null ? Start + offset : Offsets[offset];
}
