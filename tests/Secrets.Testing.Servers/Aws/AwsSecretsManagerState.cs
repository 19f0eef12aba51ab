using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.Testing.Servers;

internal sealed partial class AwsSecretsManagerState
{
    public List<AwsSecretState> Secrets { get; } = [];

    public AwsSecretState? Find(string id) => Secrets.Find(secret => secret.Name == id || secret.Arn == id);

    public AwsSecretState Need(string? id, bool evenDeleted = false)
    {
        AwsSecretState secret = Find(id ?? throw AwsError.Invalid("SecretId is required.")) ?? throw AwsError.NotFound();
        return secret.Deleted is null || evenDeleted ? secret : throw AwsError.Deleted();
    }

    public AwsSecretState Create(string name, string? token, string? text, byte[]? binary, DateTimeOffset now)
    {
        if (!LegalName().IsMatch(name))
            throw AwsError.Invalid("Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        if (Find(name) is { } there)
        {
            // The same request once more, whose answer was lost.
            if (there.Deleted is null && there.Versions.Exists(version => version.Id == token))
            {
                AddVersion(there, token, text, binary, [], now);
                return there;
            }

            throw there.Deleted is null
                ? new AwsError("ResourceExistsException", $"The operation failed because the secret {name} already exists.")
                : new AwsError("InvalidRequestException", "You can't create this secret because a secret with this name is already scheduled for deletion.");
        }

        string suffix = (Secrets.Count % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        AwsSecretState secret = new(name, $"arn:aws:secretsmanager:eu-test-1:000000000000:secret:{name}-{suffix}", now);
        if (text is not null || binary is not null)
            AddVersion(secret, token, text, binary, ["AWSCURRENT"], now);
        Secrets.Add(secret);
        return secret;
    }

    public static AwsVersionState AddVersion(AwsSecretState secret, string? token, string? text, byte[]? binary, IReadOnlyList<string> stages, DateTimeOffset now)
    {
        if ((text is null) == (binary is null))
            throw AwsError.Invalid("You must provide either SecretString or SecretBinary.");
        if ((text is null ? binary!.Length : Encoding.UTF8.GetByteCount(text)) > 65_536)
            throw AwsError.Invalid("The secret value exceeds the limit of 65536 bytes.");
        if (token is null or { Length: < 32 or > 64 })
            throw AwsError.Invalid("ClientRequestToken must be between 32 and 64 characters long.");
        if (secret.Versions.Find(version => version.Id == token) is { } there)
        {
            bool same = there.Text == text && (there.Binary ?? []).AsSpan().SequenceEqual(binary ?? []);
            return same ? there : throw new AwsError("ResourceExistsException", "A version with this token exists with other contents.");
        }

        AwsVersionState added = new(token, text, binary, now);
        // The first version is current whatever was asked for.
        IEnumerable<string> labels = secret.Versions.Count == 0 ? stages.Append("AWSCURRENT").Distinct() : stages;
        secret.Versions.Add(added);
        foreach (string label in labels)
            secret.Move(label, added);
        secret.Changed = now;
        return added;
    }

    [GeneratedRegex("^[A-Za-z0-9/_+=.@!-]{1,512}$")]
    private static partial Regex LegalName();
}
