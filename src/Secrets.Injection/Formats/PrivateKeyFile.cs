using System.Buffers.Binary;
using System.Text;

namespace Secrets;

/// <summary>Private keys in OpenSSH's own format and in PEM.</summary>
internal static class PrivateKeyFile
{
    private const string Frame = "-----";

    /// <summary>
    /// The key as it is to be stored: line ends as <c>ssh</c> wants them, one at the end. Refused if it is no private key or has a passphrase:
    /// nobody is there to type it where the work runs.
    /// </summary>
    internal static SecretValue Read(SecretValue file, string path)
    {
        if (!file.IsText) throw NoKey(path);
        string text = file.RevealString().TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim('\n') + "\n";
        if (text.StartsWith("PuTTY-User-Key-File-", StringComparison.Ordinal))
            throw FormatErrors.Refused($"The key file '{path}'", $"it is in PuTTY's format. Convert it: puttygen {Quoted(path)} -O private-openssh -o <new file>", "key-format");
        if (text.StartsWith("ssh-", StringComparison.Ordinal) || text.StartsWith("ecdsa-", StringComparison.Ordinal) || text.Contains("-----BEGIN PUBLIC KEY-----", StringComparison.Ordinal))
            throw FormatErrors.Refused($"The key file '{path}'", "it is a public key. Give the private one (usually the same name without .pub).", "key-public");
        string label = Label(text) ?? throw NoKey(path);
        bool encrypted = label switch
        {
            "ENCRYPTED PRIVATE KEY" => true,
            "OPENSSH PRIVATE KEY" => HasPassphrase(text, label, path),
            _ when label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal),
            _ => throw NoKey(path),
        };
        if (encrypted)
            throw FormatErrors.Refused($"The key file '{path}'", $"it has a passphrase, and nobody is there to type it where the work runs. Remove it from a copy: ssh-keygen -p -N '' -f {Quoted(path)}", "key-passphrase");
        return SecretValue.FromString(text);
    }

    private static string? Label(string text)
    {
        int begin = text.IndexOf(Frame + "BEGIN ", StringComparison.Ordinal);
        if (begin < 0) return null;
        int start = begin + Frame.Length + "BEGIN ".Length;
        int end = text.IndexOf(Frame, start, StringComparison.Ordinal);
        if (end < 0) return null;
        string label = text[start..end];
        return text.Contains($"{Frame}END {label}{Frame}", StringComparison.Ordinal) ? label : null;
    }

    // OpenSSH PROTOCOL.key: magic, then the cipher's name, "none" for no passphrase.
    private static bool HasPassphrase(string text, string label, string path)
    {
        int start = text.IndexOf($"{Frame}BEGIN {label}{Frame}", StringComparison.Ordinal) + $"{Frame}BEGIN {label}{Frame}".Length;
        int end = text.IndexOf($"{Frame}END", start, StringComparison.Ordinal);
        byte[] bytes = new byte[end - start];
        if (!Convert.TryFromBase64String(text[start..end], bytes, out int length)) throw NoKey(path);
        ReadOnlySpan<byte> blob = bytes.AsSpan(0, length);
        ReadOnlySpan<byte> magic = "openssh-key-v1\0"u8;
        if (!blob.StartsWith(magic) || blob.Length < magic.Length + 4) throw NoKey(path);
        uint nameLength = BinaryPrimitives.ReadUInt32BigEndian(blob[magic.Length..]);
        ReadOnlySpan<byte> rest = blob[(magic.Length + 4)..];
        if (nameLength > rest.Length) throw NoKey(path);
        return Encoding.ASCII.GetString(rest[..(int)nameLength]) != "none";
    }

    private static string Quoted(string path) => ShellQuoting.Quote(path);

    private static SecretException NoKey(string path) =>
        FormatErrors.Refused($"The key file '{path}'", "it is not a private key in OpenSSH or PEM format.", "key-format");
}
