using System.Text;

namespace Secrets;

/// <summary>Writes text and templates the way the parser reads them.</summary>
internal static class SecretTemplateWriter
{
    internal static string Write(SecretTemplate template)
    {
        StringBuilder written = new();
        ReadOnlySpan<SecretTemplateSegment> segments = template.SegmentSpan;
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].Reference is { } reference)
                SecretReferenceWriter.Write(reference, written);
            else if (i + 1 < segments.Length)
                WriteTextBefore(segments[i + 1].Reference!.Syntax, segments[i].TextSpan, template.Options.Syntaxes, written);
            else
                WriteText(segments[i].TextSpan, template.Options.Syntaxes, written);
        }

        return written.ToString();
    }

    internal static void WriteText(ReadOnlySpan<char> text, SecretSyntaxes syntaxes, StringBuilder written)
    {
        int at = 0;
        while (SecretOpener.TryFind(text, at, syntaxes, out SecretOpener opener))
        {
            // The backslashes before it are text too, so each becomes a pair; one more makes the opener text.
            written.Append(text[at..opener.Start]).Append('\\', opener.Backslashes + 1).Append(text[opener.Start..opener.End]);
            at = opener.End;
        }

        written.Append(text[at..]);
    }

    /// <summary>
    /// Backslashes, a dollar and braces at the end of a text become part of the opener that follows: the braces and the dollar are text
    /// there anyway (an escape would take the reference with them), and the backslashes count in pairs.
    /// </summary>
    private static void WriteTextBefore(SecretSyntaxes next, ReadOnlySpan<char> text, SecretSyntaxes syntaxes, StringBuilder written)
    {
        int joined = text.Length;
        if (next is SecretSyntaxes.DoubleBraces or SecretSyntaxes.DoubleAngles)
        {
            joined = text.TrimEnd(next == SecretSyntaxes.DoubleBraces ? '{' : '<').Length;
            if (joined > 0 && text[joined - 1] == '$') joined--;
        }

        ReadOnlySpan<char> head = text[..joined].TrimEnd('\\');
        WriteText(head, syntaxes, written);
        written.Append('\\', 2 * (joined - head.Length)).Append(text[joined..]);
    }
}
