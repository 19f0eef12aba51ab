namespace Secrets;

/// <summary>What a key with references resolves to at one moment.</summary>
/// <param name="key">The key.</param>
/// <param name="value">The resolved text; the last good one where the latest try failed; null if there never was one.</param>
/// <param name="failure">Why the latest try failed; null if it did not, or if there was none yet.</param>
/// <param name="isCurrent">False until the text that the key has now was tried.</param>
internal sealed class OverlayEntry(OverlayKey key, string? value, SecretException? failure, bool isCurrent)
{
    internal OverlayKey Key { get; } = key;

    internal string? Value { get; } = value;

    internal SecretException? Failure { get; } = failure;

    internal bool IsCurrent { get; } = isCurrent;

    /// <summary>What of the text did not resolve at the latest try.</summary>
    internal IReadOnlyList<SecretReferenceFault> Faults { get; init; } = [];

    /// <summary>The entry for what a scan found, with what is known already.</summary>
    internal static OverlayEntry After(OverlayKey key, OverlayEntry? before)
    {
        if (key.Malformed is { } malformed) return new OverlayEntry(key, before?.Value, malformed, isCurrent: true);
        if (key.Template!.Literal is { } literal) return new OverlayEntry(key, literal, null, isCurrent: true);
        return ReferenceEquals(key, before?.Key) ? before : new OverlayEntry(key, before?.Value, null, isCurrent: false);
    }
}
