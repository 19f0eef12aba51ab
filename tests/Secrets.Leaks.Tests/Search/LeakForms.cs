using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets.Leaks.Search;

/// <summary>The forms in which a value can be found again: as it is, in part, and as each encoding writes it, as bytes to search for.</summary>
public static class LeakForms
{
    // A part of a value is a leak too; a run this long of random digits is no accident.
    private const int PieceLength = 12;

    /// <summary>All forms of a text.</summary>
    /// <param name="text">The value.</param>
    /// <returns>Each form with its name; the same bytes once.</returns>
    public static IReadOnlyList<LeakForm> Of(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        List<LeakForm> forms = [.. OfBytes(utf8)];
        forms.AddRange(Pieces(text));
        forms.Add(new("UTF-16", Encoding.Unicode.GetBytes(text)));
        forms.Add(new("UTF-16, big-endian", Encoding.BigEndianUnicode.GetBytes(text)));
        AddText(forms, "JSON", JsonEncodedText.Encode(text).ToString());
        AddText(forms, "JSON, relaxed", JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
        AddText(forms, "JSON, twice", JsonEncodedText.Encode(JsonEncodedText.Encode(text).ToString()).ToString());
        AddText(forms, "XML", SecurityElement.Escape(text));
        AddText(forms, "HTML", WebUtility.HtmlEncode(text));
        AddText(forms, "URL", Uri.EscapeDataString(text));
        AddText(forms, "URL, lower case", LowerPercents(Uri.EscapeDataString(text)));
        AddText(forms, "URL, form", WebUtility.UrlEncode(text));
        AddText(forms, "shell, single quotes", text.Replace("'", @"'\''", StringComparison.Ordinal));
        AddText(forms, "shell, double quotes", string.Concat(text.Select(c => "\"$`\\".Contains(c, StringComparison.Ordinal) ? $@"\{c}" : $"{c}")));
        AddText(forms, "shell, backslashes", string.Concat(text.Select(c => char.IsLetterOrDigit(c) || "-_./".Contains(c, StringComparison.Ordinal) ? $"{c}" : $@"\{c}")));
        AddText(forms, "C#", text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal));
        return Distinct(forms);
    }

    /// <summary>The forms of bytes, text or not.</summary>
    /// <param name="bytes">The value.</param>
    /// <returns>Each form with its name.</returns>
    public static IReadOnlyList<LeakForm> OfBytes(byte[] bytes)
    {
        List<LeakForm> forms = [new("as it is", bytes)];
        for (int shift = 0; shift < 3; shift++)
        {
            string base64 = Base64Inside(bytes, shift);
            AddAscii(forms, $"base64, shifted by {shift}", base64);
            AddAscii(forms, $"base64url, shifted by {shift}", base64.Replace('+', '-').Replace('/', '_'));
        }

        AddAscii(forms, "hex, lower case", Convert.ToHexStringLower(bytes));
        AddAscii(forms, "hex, upper case", Convert.ToHexString(bytes));
        AddAscii(forms, "hex with hyphens", BitConverter.ToString(bytes));
        return Distinct(forms);
    }

    // What base64 of something longer holds for sure, when the value begins `shift` bytes into a group of three: the groups at its ends also
    // depend on the neighbours and are left out.
    private static string Base64Inside(byte[] bytes, int shift)
    {
        string all = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
        int start = shift == 0 ? 0 : 4;
        int whole = (shift + bytes.Length) / 3 * 4;
        return all[start..whole];
    }

    private static IEnumerable<LeakForm> Pieces(string text)
    {
        for (int start = 0; start + PieceLength <= text.Length; start += PieceLength / 2)
        {
            string piece = text.Substring(start, PieceLength);
            // Only the random part is unique: the fixed beginning of every canary is no leak.
            if (piece.All(char.IsAsciiHexDigitLower)) yield return new($"a part, from {start}", Encoding.UTF8.GetBytes(piece));
        }
    }

    private static string LowerPercents(string url)
    {
        StringBuilder text = new(url);
        for (int i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%') continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }

        return text.ToString();
    }

    private static void AddText(List<LeakForm> forms, string name, string? text)
    {
        forms.Add(new(name, Encoding.UTF8.GetBytes(text ?? "")));
        forms.Add(new($"{name}, as UTF-16", Encoding.Unicode.GetBytes(text ?? "")));
    }

    private static void AddAscii(List<LeakForm> forms, string name, string text) => AddText(forms, name, text);

    private static IReadOnlyList<LeakForm> Distinct(List<LeakForm> forms) =>
        [.. forms.Where(form => form.Bytes.Length >= 8).DistinctBy(form => Convert.ToHexString(form.Bytes))];
}
