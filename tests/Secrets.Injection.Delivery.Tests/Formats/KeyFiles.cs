namespace Secrets.Injection.Delivery.Tests.Formats;

/// <summary>Real keys, made by the tools that make them.</summary>
internal static class KeyFiles
{
    internal static string Make(string directory, string name, string passphrase = "", string type = "ed25519", string? format = null)
    {
        Tool.Require("ssh-keygen");
        string path = Path.Combine(directory, name);
        Tool.Output("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path, .. format is null ? Array.Empty<string>() : ["-m", format]]);
        return path;
    }
}
