using System.Text;
using System.Text.Json;

namespace Secrets;

/// <summary>Finds the strings and property names of a JSON document; comments and trailing commas are let be, references in comments are none.</summary>
internal static class JsonTemplateParser
{
    private const int MaxDepth = 1024;

    internal static SecretTemplate Parse(string text, SecretTemplateOptions options, List<SecretTemplateFault>? faults = null)
    {
        SecretDocument document = new(text, options, takesScalars: true, faults);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        int bytes = 0;
        int chars = text.StartsWith('\ufeff') ? throw document.Fault(0, "json", "the JSON starts with a byte-order mark; leave it out.") : 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)) continue;
                int tokenStart = (int)reader.TokenStartIndex;
                chars += Encoding.UTF8.GetCharCount(utf8.AsSpan(bytes, tokenStart - bytes));
                bytes = tokenStart;
                int length = Encoding.UTF8.GetCharCount(reader.ValueSpan) + 2;
                Add(document, ref reader, chars, chars + length);
            }
        }
        catch (JsonException malformed)
        {
            throw NotJson(document, utf8, malformed);
        }

        return document.Build(SecretTemplateMode.Json);
    }

    private static void Add(SecretDocument document, ref Utf8JsonReader reader, int start, int end)
    {
        if (!reader.ValueIsEscaped)
        {
            document.Add(start, end, document.Text[(start + 1)..(end - 1)], new SecretOffsetMap(start + 1), SecretEncoder.Json, SecretEncoder.Json);
            return;
        }

        string content = reader.GetString()!;
        if (document.Concerns(content))
            document.Add(start, end, content, new SecretOffsetMap(0, Offsets(document.Text, start + 1, content.Length)), SecretEncoder.Json, SecretEncoder.Json);
    }

    // One char of the content may be \uXXXX in the document.
    private static int[] Offsets(string text, int start, int length)
    {
        int[] offsets = new int[length + 1];
        int at = start;
        for (int i = 0; i < length; i++)
        {
            offsets[i] = at;
            at += text[at] != '\\' ? 1 : text[at + 1] == 'u' ? 6 : 2;
        }

        offsets[length] = at;
        return offsets;
    }

    private static SecretException NotJson(SecretDocument document, byte[] utf8, JsonException malformed)
    {
        // The reader counts bytes in the line; its message names a char at most, never a value.
        int start = 0;
        for (long line = malformed.LineNumber ?? 0; line > 0; line--)
            start = Array.IndexOf(utf8, (byte)'\n', start) + 1;
        int at = Math.Min(utf8.Length, start + (int)(malformed.BytePositionInLine ?? 0));
        string reason = malformed.Message.Split(" LineNumber:")[0];
        return document.Fault(Encoding.UTF8.GetCharCount(utf8.AsSpan(0, at)), "json", $"this is not JSON: {reason} A reference stands inside a string; \"{{{{name.key | scalar}}}}\" gives a bare number or boolean.");
    }
}
