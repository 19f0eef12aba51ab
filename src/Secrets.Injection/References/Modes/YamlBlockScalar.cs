using System.Text;

namespace Secrets;

/// <summary>A block scalar: the lines below <c>|</c> or <c>&gt;</c> that are indented further than what they belong to.</summary>
/// <param name="Content">What it says; of a folded one (<c>&gt;</c>), only good to see whether it holds a reference.</param>
/// <param name="Offsets">Where each char stands in the document.</param>
/// <param name="End">The char after its last line, before the break.</param>
/// <param name="IsFolded">Whether its lines are folded.</param>
internal readonly record struct YamlBlockScalar(string Content, int[] Offsets, int End, bool IsFolded)
{
    internal static bool TryRead(string text, int start, int nodeColumn, out YamlBlockScalar block)
    {
        block = default;
        int at = start + 1;
        int indent = -1;
        char chomp = ' ';
        for (; at < text.Length && text[at] is '+' or '-' or (>= '1' and <= '9'); at++)
        {
            if (char.IsAsciiDigit(text[at]))
                indent = Math.Max(nodeColumn, 0) + (text[at] - '0');
            else
                chomp = text[at];
        }

        int headerEnd = EndOfLine(text, at);
        ReadOnlySpan<char> rest = text.AsSpan(at, headerEnd - at);
        if (!rest.Trim().IsEmpty && !(rest[0] is ' ' or '\t' && rest.TrimStart().StartsWith('#'))) return false;

        StringBuilder content = new();
        List<int> offsets = [];
        int end = headerEnd;
        for (int line = headerEnd + 1; line < text.Length;)
        {
            int lineEnd = EndOfLine(text, line);
            ReadOnlySpan<char> chars = text.AsSpan(line, lineEnd - line).TrimEnd('\r');
            int spaces = chars.IndexOfAnyExcept(' ');
            bool blank = spaces < 0;
            if (!blank && indent < 0) indent = spaces > nodeColumn ? spaces : int.MaxValue;
            if (!blank && spaces < indent) break;
            int skipped = Math.Min(indent < 0 ? chars.Length : indent, chars.Length);
            content.Append(chars[skipped..]).Append('\n');
            for (int i = skipped; i <= chars.Length; i++)
                offsets.Add(line + i);
            if (!blank || chomp == '+') end = lineEnd;
            line = lineEnd + 1;
        }

        Chomp(content, chomp);
        offsets.RemoveRange(content.Length, offsets.Count - content.Length);
        offsets.Add(end);
        block = new(content.ToString(), [.. offsets], end, text[start] == '>');
        return true;
    }

    private static void Chomp(StringBuilder content, char chomp)
    {
        if (chomp == '+') return;
        int length = content.Length;
        while (length > 0 && content[length - 1] == '\n')
            length--;
        content.Length = length;
        if (chomp == ' ' && length > 0) content.Append('\n');
    }

    private static int EndOfLine(string text, int at)
    {
        int end = at < text.Length ? text.IndexOf('\n', at) : -1;
        return end < 0 ? text.Length : end;
    }
}
