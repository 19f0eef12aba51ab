using System.Globalization;
using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>
/// Properties to and from the service: description and times are native; type, expiry and id are kept in tags beside the user's own.
/// </summary>
internal static class AwsProperties
{
    public const string Current = "AWSCURRENT";
    public const string Pending = "AWSPENDING";

    private const string OwnPrefix = "secrets:";
    private const string Type = OwnPrefix + "type";
    private const string ExpiresOn = OwnPrefix + "expires-on";
    private const string Id = OwnPrefix + "id";
    private const string CreatedOn = OwnPrefix + "created-on";
    // Tags of AWS itself (CloudFormation, a database's rotation) cannot be set or removed by anyone else.
    private const string VendorPrefix = "aws:";
    private const int MaxTags = 50;

    public static DateTimeOffset Instant(double? epochSeconds) =>
        epochSeconds is { } seconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;

    public static SecretVersionState StateOf(IReadOnlyList<string>? stages) =>
        stages is null ? SecretVersionState.Previous
        : stages.Contains(Current) ? SecretVersionState.Current
        : stages.Contains(Pending) ? SecretVersionState.Pending
        : SecretVersionState.Previous;

    /// <summary>The current version; null for a secret that has none yet, or whose values were never set.</summary>
    public static string? CurrentOf(NativeSecret secret) =>
        (secret.VersionIdsToStages ?? secret.SecretVersionsToStages)?.FirstOrDefault(version => version.Value.Contains(Current)).Key;

    public static SecretProperties Of(SecretAddress address, string version, SecretVersionState state, NativeSecret secret)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        SecretProperties properties = new(address, new SecretVersion(version))
        {
            State = state,
            Description = string.IsNullOrEmpty(secret.Description) ? null : secret.Description,
            CreatedOn = Instant(secret.CreatedDate),
            UpdatedOn = Instant(secret.LastChangedDate ?? secret.CreatedDate),
            DeletedOn = secret.DeletedDate is null ? null : Instant(secret.DeletedDate),
        };
        foreach (NativeTag tag in secret.Tags ?? [])
        {
            properties = tag.Key switch
            {
                Type => properties with { Type = tag.Value },
                ExpiresOn => properties with { ExpiresOn = ParseInstant(tag.Value) },
                Id => properties with { Id = Guid.TryParse(tag.Value, out Guid id) ? id : Guid.Empty },
                CreatedOn => properties with { CreatedOn = ParseInstant(tag.Value) ?? properties.CreatedOn },
                _ => properties,
            };
            if (!tag.Key.StartsWith(OwnPrefix, StringComparison.Ordinal) && !tag.Key.StartsWith(VendorPrefix, StringComparison.Ordinal))
                tags[tag.Key] = tag.Value;
        }

        return properties with { Tags = tags };
    }

    /// <summary>The tags that a secret with these properties has.</summary>
    public static List<NativeTag> TagsOf(SecretProperties properties, DateTimeOffset? createdOn, AwsErrors errors)
    {
        List<NativeTag> tags = [];
        foreach ((string key, string value) in properties.Tags)
        {
            if (!IsLegal(key, 128) || key.Length == 0 || !IsLegal(value, 256) || key.StartsWith(OwnPrefix, StringComparison.Ordinal) || key.StartsWith(VendorPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", properties.Address,
                    $"AWS cannot hold the tag '{key}': keys take 128 and values 256 letters, digits, spaces and _.:/=+-@, and keys that begin with {VendorPrefix} or {OwnPrefix} are taken.");
            }

            tags.Add(new NativeTag(key, value));
        }

        if (properties.Type is not null) tags.Add(new NativeTag(Type, properties.Type));
        if (properties.ExpiresOn is { } expires) tags.Add(new NativeTag(ExpiresOn, Format(expires)));
        if (properties.Id != Guid.Empty) tags.Add(new NativeTag(Id, properties.Id.ToString("D")));
        if (createdOn is { } created) tags.Add(new NativeTag(CreatedOn, Format(created)));
        if (tags.Count > MaxTags)
            throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", properties.Address, $"AWS holds {MaxTags} tags on a secret, of which this library uses up to 4.");
        return tags;
    }

    /// <summary>The creation time that an earlier write kept, so that a later one keeps it too.</summary>
    public static DateTimeOffset? KeptCreatedOn(NativeSecret secret) =>
        secret.Tags?.FirstOrDefault(tag => tag.Key == CreatedOn) is { } tag ? ParseInstant(tag.Value) : null;

    public static bool IsVendor(NativeTag tag) => tag.Key.StartsWith(VendorPrefix, StringComparison.Ordinal);

    private static bool IsLegal(string text, int maxLength)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && c != ' ' && !"_.:/=+-@".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return text.Length <= maxLength;
    }

    private static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset? ParseInstant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant) ? instant : null;
}
