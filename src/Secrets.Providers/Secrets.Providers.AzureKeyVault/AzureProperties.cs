using System.Globalization;
using Native = Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>
/// Properties to and from the service. Expiry is native; the rest is kept in tags beside the user's own. One of them, the time of writing,
/// is in every secret that this library writes: versions of the same second need it for their order, and it marks a secret as ours.
/// </summary>
internal static class AzureProperties
{
    private const string OwnPrefix = "secrets:";
    private const string WrittenOn = OwnPrefix + "written-on";
    private const string CreatedOn = OwnPrefix + "created-on";
    private const string Type = OwnPrefix + "type";
    private const string Id = OwnPrefix + "id";
    private const string Description = OwnPrefix + "description";
    private const int MaxTags = 15;
    private const int MaxTagLength = 256;

    public static bool IsOurs(Native.SecretProperties native) => native.Tags.ContainsKey(WrittenOn);

    public static DateTimeOffset? KeptCreatedOn(Native.SecretProperties native) => Instant(native, CreatedOn);

    public static Guid KeptId(Native.SecretProperties native) =>
        native.Tags.TryGetValue(Id, out string? text) && Guid.TryParse(text, out Guid id) ? id : Guid.Empty;

    /// <summary>Newest first: the service dates versions by the second and lists them in no order.</summary>
    public static List<Native.SecretProperties> Ordered(IEnumerable<Native.SecretProperties> versions) =>
    [
        .. versions.OrderByDescending(version => version.CreatedOn?.ToUnixTimeSeconds() ?? 0)
            .ThenByDescending(version => Instant(version, WrittenOn) ?? version.CreatedOn),
    ];

    public static SecretProperties Of(SecretAddress address, Native.SecretProperties native, SecretVersionState state)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        List<string> description = [];
        foreach ((string key, string value) in native.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (key.StartsWith(Description, StringComparison.Ordinal))
                description.Add(value);
            else if (!key.StartsWith(OwnPrefix, StringComparison.Ordinal))
                tags[key] = value;
        }

        return new SecretProperties(address, new SecretVersion(native.Version ?? ""))
        {
            Id = KeptId(native),
            Type = native.Tags.TryGetValue(Type, out string? type) ? type : null,
            Description = description.Count == 0 ? null : string.Concat(description),
            Tags = tags,
            // The service tells when a version was made, not when the secret was.
            CreatedOn = KeptCreatedOn(native) ?? default,
            UpdatedOn = Instant(native, WrittenOn) ?? native.CreatedOn ?? default,
            ExpiresOn = native.ExpiresOn,
            State = native.Enabled == false ? SecretVersionState.Disabled : state,
        };
    }

    /// <exception cref="SecretException">InvalidArgument: more or longer tags than the service holds.</exception>
    public static void Apply(SecretProperties given, Guid id, DateTimeOffset? createdOn, DateTimeOffset now, Native.SecretProperties native, AzureErrors errors)
    {
        foreach ((string key, string value) in given.Tags)
        {
            if (key.Length is 0 or > MaxTagLength || value.Length > MaxTagLength || key.StartsWith(OwnPrefix, StringComparison.Ordinal))
            {
                throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", given.Address,
                    $"Azure cannot hold the tag '{key}': keys take 1 to {MaxTagLength} and values {MaxTagLength} characters, and keys that begin with {OwnPrefix} are taken.");
            }

            native.Tags[key] = value;
        }

        native.Tags[WrittenOn] = Format(now);
        if (createdOn is { } created) native.Tags[CreatedOn] = Format(created);
        if (id != Guid.Empty) native.Tags[Id] = id.ToString("D");
        if (given.Type is not null) native.Tags[Type] = given.Type;
        // A tag is shorter than a description may be.
        char[][] parts = [.. (given.Description ?? "").Chunk(MaxTagLength)];
        for (int i = 0; i < parts.Length; i++)
            native.Tags[i == 0 ? Description : string.Create(CultureInfo.InvariantCulture, $"{Description}-{i + 1}")] = new string(parts[i]);
        if (native.Tags.Count > MaxTags)
            throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", given.Address, $"Azure holds {MaxTags} tags, of which this secret needs {native.Tags.Count - given.Tags.Count} for its own properties.");
        native.ExpiresOn = given.ExpiresOn;
    }

    private static DateTimeOffset? Instant(Native.SecretProperties native, string tag) =>
        native.Tags.TryGetValue(tag, out string? text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
            ? instant
            : null;

    private static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}
