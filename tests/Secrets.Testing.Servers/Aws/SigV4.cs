using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Secrets.Testing.Servers;

/// <summary>Verifies Signature Version 4 of a request to the root path, as the service does: over the bytes received.</summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Null if the signature holds; else the vendor's error type and message.</summary>
    public static (string Type, string Message)? Verify(ServerRequest request, AwsCredential credential, string region, string service, DateTimeOffset now)
    {
        string authorization = request.Header("Authorization");
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return ("MissingAuthenticationTokenException", "Missing Authentication Token");
        Dictionary<string, string> parts = authorization[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string[] scope = parts["Credential"].Split('/');
        if (scope.Length != 5 || scope[0] != credential.AccessKeyId)
            return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (credential.SessionToken is not null && request.Header("X-Amz-Security-Token") != credential.SessionToken)
            return ("UnrecognizedClientException", "The security token included in the request is invalid.");
        if (scope[2] != region || scope[3] != service)
            return ("InvalidSignatureException", $"Credential should be scoped to a valid region, not '{scope[2]}'.");
        string date = request.Header("X-Amz-Date");
        DateTimeOffset signed = DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if ((now - signed).Duration() > TimeSpan.FromMinutes(15))
            return ("InvalidSignatureException", $"Signature expired: {date} is now earlier than the server's time.");

        string canonical = Canonical(request, parts["SignedHeaders"]);
        string toSign = string.Join('\n', Algorithm, date, string.Join('/', scope[1..]), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + credential.SecretAccessKey);
        foreach (string step in scope[1..])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        string expected = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(parts["Signature"]))
            ? null
            : ("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
    }

    private static string Canonical(ServerRequest request, string signedHeaders)
    {
        HttpRequest http = request.Http;
        StringBuilder text = new();
        text.Append(http.Method).Append('\n').Append(request.Path).Append('\n').Append(http.QueryString.Value?.TrimStart('?')).Append('\n');
        foreach (string name in signedHeaders.Split(';'))
            text.Append(name).Append(':').Append(http.Headers[name].ToString().Trim()).Append('\n');
        // The hash is of the bytes received, whatever the header claims.
        return text.Append('\n').Append(signedHeaders).Append('\n').Append(Hex(SHA256.HashData(request.Body))).ToString();
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
