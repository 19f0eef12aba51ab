using System.Globalization;
using System.Text;

namespace Secrets.Cli.Output;

/// <summary>How many columns of a terminal a text takes: letters of East Asia and pictures take two, marks on a letter none.</summary>
internal static class TextWidth
{
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    /// <summary>The text if it fits, else as much as fits with an ellipsis after it.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
            return text;
        int taken = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (taken + Of(rune) > width - 1)
                break;
            taken += Of(rune);
            length += rune.Utf16SequenceLength;
        }

        return width < 1 ? "" : string.Concat(text.AsSpan(0, length), "…");
    }

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    private static int Of(Rune rune)
    {
        if (rune.IsAscii)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
