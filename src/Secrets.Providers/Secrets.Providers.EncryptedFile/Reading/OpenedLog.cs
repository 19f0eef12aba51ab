namespace Secrets;

/// <summary>A log that was read to its end.</summary>
/// <param name="State">What it says.</param>
/// <param name="Tail">How its end looks.</param>
internal readonly record struct OpenedLog(LogState State, TailState Tail);
