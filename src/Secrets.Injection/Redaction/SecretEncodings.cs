namespace Secrets;

/// <summary>The forms in which a masker looks for a value, besides the value itself, which it always looks for.</summary>
[Flags]
public enum SecretEncodings
{
    /// <summary>The value itself only.</summary>
    None = 0,

    /// <summary>Base64 and base64url, alone or inside longer data (at each of the three alignments).</summary>
    Base64 = 1 << 0,

    /// <summary>Hexadecimal, lower and upper case.</summary>
    Hex = 1 << 1,

    /// <summary>Percent-encoding, with both cases of its digits and both forms of a space.</summary>
    Url = 1 << 2,

    /// <summary>The inside of a JSON string, as strict and as relaxed encoders write it.</summary>
    Json = 1 << 3,

    /// <summary>The inside of an XML or HTML text or attribute.</summary>
    Xml = 1 << 4,

    /// <summary>The inside of single quotes, double quotes, or backslash quoting in a POSIX shell.</summary>
    Shell = 1 << 5,

    /// <summary>
    /// Each line of a value with several lines, where a line has 8 characters or more and is not the frame of a PEM block; and the whole
    /// value with its line ends as LF and as CRLF (a terminal turns one into the other).
    /// </summary>
    Lines = 1 << 6,

    /// <summary>All of them.</summary>
    All = Base64 | Hex | Url | Json | Xml | Shell | Lines,
}
