using System.Globalization;
using System.Text.RegularExpressions;
using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>
/// Properties to and from the service: the user's tags are labels where the service's rule for labels allows it, annotations otherwise; what
/// the service has no place for is in annotations of ours.
/// </summary>
internal static partial class GoogleProperties
{
    private const string OwnPrefix = "secrets-";
    private const string Type = OwnPrefix + "type";
    private const string Description = OwnPrefix + "description";
    private const string ExpiresOn = OwnPrefix + "expires-on";
    private const string CreatedOn = OwnPrefix + "created-on";
    private const string Id = OwnPrefix + "id";
    private const int MaxAnnotationBytes = 16 * 1024;
    private const int MaxLabels = 64;

    // In no number and no alias.
    private const char EpochMark = '@';

    /// <summary>The last part of a resource name: a secret's own name, a version's number.</summary>
    public static string LastPart(string resource) => resource[(resource.LastIndexOf('/') + 1)..];

    /// <summary>
    /// A version's number, and when its secret was made: a secret that is deleted and made anew counts from one again, and a cache would take
    /// the new first version for the old one. Without the secret's properties there is only the number.
    /// </summary>
    public static SecretVersion VersionOf(string number, NativeSecret? secret) => new(number + EpochOf(secret));

    /// <summary>The number or alias that a version is natively.</summary>
    public static string NumberOf(SecretVersion version) => version.Value.Split(EpochMark)[0];

    /// <summary>Whether a version was of a secret that went by this name before.</summary>
    public static bool IsOfAnother(SecretVersion version, NativeSecret? secret) =>
        version.Value.Contains(EpochMark, StringComparison.Ordinal) && secret is not null && version.Value[version.Value.IndexOf(EpochMark, StringComparison.Ordinal)..] != EpochOf(secret);

    public static SecretVersionState StateOf(NativeVersion version, bool isNewest) => version.State switch
    {
        "DISABLED" => SecretVersionState.Disabled,
        "DESTROYED" => SecretVersionState.Destroyed,
        _ => isNewest ? SecretVersionState.Current : SecretVersionState.Previous,
    };

    /// <param name="address">Where it lives.</param>
    /// <param name="number">The version's number; null where the service does not tell.</param>
    /// <param name="state">Its state.</param>
    /// <param name="secret">What the service knows of the secret.</param>
    public static SecretProperties Of(SecretAddress address, string? number, SecretVersionState state, NativeSecret secret)
    {
        Dictionary<string, string> tags = new(secret.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> notes = secret.Annotations ?? new Dictionary<string, string>();
        foreach ((string key, string value) in notes)
        {
            if (!key.StartsWith(OwnPrefix, StringComparison.Ordinal))
                tags[key] = value;
        }

        return new SecretProperties(address, number is null ? new SecretVersion("") : VersionOf(number, secret))
        {
            State = state,
            Type = notes.GetValueOrDefault(Type),
            Description = notes.GetValueOrDefault(Description),
            ExpiresOn = Instant(notes.GetValueOrDefault(ExpiresOn)) ?? secret.ExpireTime,
            CreatedOn = Instant(notes.GetValueOrDefault(CreatedOn)) ?? secret.CreateTime ?? default,
            Id = Guid.TryParse(notes.GetValueOrDefault(Id), out Guid id) ? id : Guid.Empty,
            Tags = tags,
        };
    }

    /// <summary>The secret that these properties make; <paramref name="before"/> is what is there, whose id and kept creation time go on.</summary>
    /// <exception cref="SecretException">InvalidArgument: a tag that the service cannot hold.</exception>
    public static NativeSecret ToNative(SecretProperties properties, NativeSecret? before, bool deletesExpired, GoogleErrors errors)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        Dictionary<string, string> notes = new(StringComparer.Ordinal);
        foreach ((string key, string value) in properties.Tags)
        {
            bool isLabel = LabelKey().IsMatch(key) && LabelValue().IsMatch(value) && labels.Count < MaxLabels;
            if ((!isLabel && !AnnotationKey().IsMatch(key)) || key.StartsWith(OwnPrefix, StringComparison.Ordinal))
            {
                throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", properties.Address,
                    $"Google cannot hold the tag '{key}': keys take 63 letters, digits and ._-, and keys that begin with {OwnPrefix} are taken.");
            }

            (isLabel ? labels : notes)[key] = value;
        }

        if (properties.Type is { } type) notes[Type] = type;
        if (properties.Description is { } description) notes[Description] = description;
        if (properties.ExpiresOn is { } expires) notes[ExpiresOn] = Format(expires);
        Keep(notes, Id, properties.Id == Guid.Empty ? null : properties.Id.ToString("D"), before);
        Keep(notes, CreatedOn, before is null && properties.CreatedOn != default ? Format(properties.CreatedOn) : null, before);
        if (notes.Sum(note => System.Text.Encoding.UTF8.GetByteCount(note.Key) + System.Text.Encoding.UTF8.GetByteCount(note.Value)) > MaxAnnotationBytes)
            throw errors.Make(SecretErrorCode.InvalidArgument, "tag", "write", properties.Address, "Its tags and description take more than the 16 KiB of annotations that Google holds.");
        return new NativeSecret { Labels = labels, Annotations = notes, ExpireTime = deletesExpired ? properties.ExpiresOn : null };
    }

    /// <summary>Whether two secrets have the same labels and annotations.</summary>
    public static bool Same(NativeSecret left, NativeSecret right) => Same(left.Labels, right.Labels) && Same(left.Annotations, right.Annotations);

    private static bool Same(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0) && (left ?? new Dictionary<string, string>()).All(pair => right!.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    private static void Keep(Dictionary<string, string> notes, string key, string? given, NativeSecret? before)
    {
        if (given is not null)
            notes[key] = given;
        else if (before?.Annotations?.GetValueOrDefault(key) is { } kept)
            notes[key] = kept;
    }

    private static string EpochOf(NativeSecret? secret) =>
        secret?.CreateTime is { } created ? string.Create(CultureInfo.InvariantCulture, $"{EpochMark}{(created - DateTimeOffset.UnixEpoch).Ticks:x}") : "";

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant) ? instant : null;

    private static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z][a-z0-9_-]{0,62}\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^[a-z0-9_-]{0,63}\z")]
    private static partial Regex LabelValue();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex AnnotationKey();
}
