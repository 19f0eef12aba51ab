using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Secrets.Injection.Delivery.Tests.Formats;

namespace Secrets.Injection.Delivery.Tests.RealTools;

/// <summary>A real sshd on a local port that lets one key in.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly Process _process;

    internal SshServer(string directory, string clientKey)
    {
        Tool.Require("sshd", "ssh", "ssh-keyscan", "git", "sftp");
        HostKey = KeyFiles.Make(directory, "host_key");
        File.Copy(clientKey + ".pub", Path.Combine(directory, "authorized_keys"));
        Port = FreePort();
        string config = Path.Combine(directory, "sshd_config");
        File.WriteAllText(config, string.Create(CultureInfo.InvariantCulture, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {HostKey}
            AuthorizedKeysFile {directory}/authorized_keys
            StrictModes no
            UsePAM no
            PidFile none
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            Subsystem sftp internal-sftp
            """) + "\n");
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd");
        string program = File.Exists("/usr/sbin/sshd") ? "/usr/sbin/sshd" : "sshd";
        _process = Process.Start(new ProcessStartInfo(program, ["-D", "-e", "-f", config]) { RedirectStandardError = true })!;
        List<string> lines = [];
        while (_process.StandardError.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.Contains("Server listening", StringComparison.Ordinal)) break;
        }

        Assert.That(lines, Has.Some.Contains("Server listening"));
        _ = _process.StandardError.ReadToEndAsync();
    }

    internal string HostKey { get; }

    internal int Port { get; }

    internal string KnownHosts => $"[127.0.0.1]:{Port.ToString(CultureInfo.InvariantCulture)} {string.Join(' ', File.ReadAllText(HostKey + ".pub").Split(' ')[..2])}\n";

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
