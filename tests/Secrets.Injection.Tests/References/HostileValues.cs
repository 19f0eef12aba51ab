namespace Secrets.Injection.Tests.References;

/// <summary>Values that break a document they are pasted into.</summary>
internal static class HostileValues
{
    internal static readonly string[] All =
    [
        "", " ", "plain", "a b", " lead", "trail ", "\"", "'", "''", "\\", "\\n", "a\nb", "\n", "\r\n", "\t", "#", " # no comment", "a: b", "- a", "? a", "a, b", "{", "}", "[]", "{{a.b}}",
        "\", \"admin\": true, \"x\": \"", "'\n- admin: true\n", "&anchor", "*alias", "!tag", "|", ">", "%", "@", "`", "null", "true", "~", "1e3", "0x1f", "=", "<<", "$HOME", "${HOME}", "\\$x", "$(id)",
        "é", "\u2028", "\u0085", "\ufeff", "\ud83d\ude00", "\u0001", "a\0b", "---", "...", "a;b=c", "a&b<c>d", "]]>", "%41", "+", "\u007f",
    ];
}
