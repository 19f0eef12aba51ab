using System.Security.Cryptography;

namespace Secrets;

/// <summary>One line of an OpenSSH <c>known_hosts</c> file. Host keys are public: nothing here is secret.</summary>
/// <param name="Hosts">The host names, patterns or hashes, as written.</param>
/// <param name="KeyType">The key's type: <c>ssh-ed25519</c>.</param>
/// <param name="Key">The public key, Base64.</param>
public sealed record KnownHost(string Hosts, string KeyType, string Key)
{
    /// <value>The marker <c>@cert-authority</c> or <c>@revoked</c>; null for none. Default null.</value>
    public string? Marker { get; init; }

    /// <summary>The key's fingerprint as <c>ssh-keygen -lf</c> shows it: <c>SHA256:</c> and Base64 without padding.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Key))).TrimEnd('=');

    /// <summary>The line.</summary>
    /// <returns>The line, without its end.</returns>
    public override string ToString() => Marker is null ? $"{Hosts} {KeyType} {Key}" : $"{Marker} {Hosts} {KeyType} {Key}";

    /// <summary>Reads a whole file. Comments and empty lines are passed over.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The lines, one at least.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a line is not of the format, or there is none.</exception>
    public static IReadOnlyList<KnownHost> ParseFile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<KnownHost> hosts = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            string? marker = words[0][0] == '@' ? words[0] : null;
            if (marker is not null) words = words[1..];
            if (words.Length < 3 || marker is not (null or "@cert-authority" or "@revoked") || !Convert.TryFromBase64String(words[2], new byte[words[2].Length], out int length) || length == 0)
                throw FormatErrors.Refused("The known_hosts file", $"line {i + 1} is not `host type key`.", "known-hosts");
            hosts.Add(new KnownHost(words[0], words[1], words[2]) { Marker = marker });
        }

        return hosts.Count > 0 ? hosts : throw FormatErrors.Refused("The known_hosts file", "it has no host.", "known-hosts");
    }
}
