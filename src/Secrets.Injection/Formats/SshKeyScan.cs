using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Secrets;

/// <summary>Asks a server for its host keys with OpenSSH's <c>ssh-keyscan</c>.</summary>
/// <remarks>The answer is what the network says, and may be an impostor's: show <see cref="KnownHost.Fingerprint"/> to someone who knows it.</remarks>
public static class SshKeyScan
{
    /// <summary>Scans a host.</summary>
    /// <param name="host">Its name or address; not empty.</param>
    /// <param name="port">Its port. Default 22.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <returns>Its keys, one at least.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: no host; <see cref="SecretErrorCode.Unavailable"/>: no answer, or <c>ssh-keyscan</c> is not installed.
    /// </exception>
    public static async Task<IReadOnlyList<KnownHost>> ScanAsync(string host, int port = 22, CancellationToken cancellationToken = default)
    {
        // A name that begins with a dash would be read as an option.
        if (string.IsNullOrWhiteSpace(host) || host.StartsWith('-') || host.Any(char.IsWhiteSpace))
            throw FormatErrors.Refused("The host", "it is empty or not a host name. Give the SFTP server's name.", "ssh-host");
        ProcessStartInfo start = new("ssh-keyscan") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in (string[])["-T", "10", "-p", port.ToString(CultureInfo.InvariantCulture), host])
            start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (!string.IsNullOrWhiteSpace(output)) return KnownHost.ParseFile(output);
        }
        catch (Win32Exception e)
        {
            throw new SecretException(SecretErrorCode.Unavailable, "ssh-keyscan cannot be started. Install the OpenSSH client, or give a known_hosts file.", e) { Reason = "ssh-keyscan" };
        }

        throw new SecretException(SecretErrorCode.Unavailable, $"ssh-keyscan got no host key from '{host}' port {port}. Check the name and the port, or give a known_hosts file.") { Reason = "ssh-keyscan" };
    }
}
