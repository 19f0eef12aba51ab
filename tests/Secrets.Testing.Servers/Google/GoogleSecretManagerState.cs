using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Secrets.Testing.Servers;

/// <summary>The project's secrets, and the service's rules for changing them.</summary>
internal sealed partial class GoogleSecretManagerState(TimeProvider time, string project, string? location)
{
    private const int MaxPayload = 64 * 1024;

    public List<GoogleSecretState> Secrets { get; } = [];

    public GoogleSecretState Create(string name, JsonObject body)
    {
        if (!LegalName().IsMatch(name))
            throw GoogleError.Invalid($"The provided Secret ID [{name}] does not match the expected format [[a-zA-Z_0-9-]+]");
        if (Find(name) is not null)
            throw GoogleError.Exists(Resource(name));
        // Where a regional secret is kept, its location says.
        if ((location is null) != (body["replication"] is not null))
            throw GoogleError.Invalid(location is null ? "Secret.replication must be provided." : "Secret.replication cannot be set on a regional secret.");
        GoogleSecretState secret = new(name, time.GetUtcNow());
        Apply(secret, body, ["labels", "annotations", "expireTime"]);
        secret.Replication = body["replication"]?.DeepClone();
        Secrets.Add(secret);
        return secret;
    }

    public static void Apply(GoogleSecretState secret, JsonObject body, string[] fields)
    {
        foreach ((string key, JsonNode? value) in body["labels"] as JsonObject ?? [])
        {
            if (!LegalLabel().IsMatch(key) || !LegalLabelValue().IsMatch((string)value!))
                throw GoogleError.Invalid($"The label {key} is not valid.");
        }

        if (fields.Contains("labels")) secret.Labels = (body["labels"] as JsonObject ?? []).DeepClone().AsObject();
        if (fields.Contains("annotations")) secret.Annotations = (body["annotations"] as JsonObject ?? []).DeepClone().AsObject();
        if (fields.Contains("versionAliases")) secret.Aliases = (body["versionAliases"] as JsonObject ?? []).DeepClone().AsObject();
        if (fields.Contains("expireTime")) secret.Expires = (string?)body["expireTime"] is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    public GoogleVersionState Added(GoogleSecretState secret, JsonObject body)
    {
        byte[] data = Convert.FromBase64String((string?)body["payload"]?["data"] ?? "");
        if (data.Length > MaxPayload)
            throw GoogleError.Invalid("The secret payload cannot exceed 65536 bytes.");
        if ((string?)body["payload"]?["dataCrc32c"] is { } checksum && checksum != Checksum(data))
            throw GoogleError.Invalid("The provided checksum does not match the data.");
        return Add(secret, data);
    }

    public GoogleVersionState Add(GoogleSecretState secret, byte[] data)
    {
        GoogleVersionState version = new(secret.Versions.Count + 1, data, time.GetUtcNow());
        secret.Versions.Add(version);
        return version;
    }

    public GoogleVersionState Switch(GoogleSecretState secret, GoogleVersionState version, string operation)
    {
        if (version.State == "DESTROYED")
            throw GoogleError.Precondition($"SecretVersion.state is already DESTROYED, cannot change it.");
        bool isDelayed = operation == "versions.destroy" && secret.DestroyDelay is not null;
        version.DestroyOn = isDelayed ? time.GetUtcNow() + secret.DestroyDelay : null;
        version.State = operation switch { "versions.enable" => "ENABLED", "versions.disable" => "DISABLED", _ => isDelayed ? "DISABLED" : "DESTROYED" };
        if (version.State == "DESTROYED")
        {
            version.Data = [];
            version.Destroyed = time.GetUtcNow();
        }

        return version;
    }

    public GoogleSecretState? Find(string name)
    {
        // Expired secrets are deleted by the service.
        Secrets.RemoveAll(secret => secret.Expires <= time.GetUtcNow());
        return Secrets.Find(secret => secret.Name == name);
    }

    public GoogleSecretState Need(string name) => Find(name) ?? throw GoogleError.NotFound($"Secret [{Resource(name)}]");

    public string Resource(string name) => $"projects/{project}{(location is null ? "" : "/locations/" + location)}/secrets/{name}";

    public static GoogleVersionState NeedVersion(GoogleSecretState secret, string which)
    {
        if (which == "latest")
            return secret.Versions.Count > 0 ? secret.Versions[^1] : throw GoogleError.NoVersions(secret.Name);
        string number = (string?)secret.Aliases[which] ?? which;
        return secret.Versions.Find(version => version.Number.ToString(CultureInfo.InvariantCulture) == number)
            ?? throw (number.All(char.IsAsciiDigit) || LegalName().IsMatch(number) ? GoogleError.NotFound($"Secret Version [{secret.Name}/versions/{which}]") : GoogleError.Invalid("The version is invalid."));
    }

    public static void CheckEtag(GoogleSecretState secret, string? etag)
    {
        if (!string.IsNullOrEmpty(etag) && etag != secret.Etag)
            throw GoogleError.Precondition("The etag provided in the request does not match the resource's current etag.");
    }

    // Bit by bit, so that it does not share a mistake with the store's.
    public static string Checksum(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0x82F63B78 & (uint)-(int)(crc & 1));
        }

        return (~crc).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,255}$")]
    private static partial Regex LegalName();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}$")]
    private static partial Regex LegalLabel();

    [GeneratedRegex("^[a-z0-9_-]{0,63}$")]
    private static partial Regex LegalLabelValue();
}
