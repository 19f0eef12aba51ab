using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>What each operation does to the state, and its answer.</summary>
internal sealed class AwsOperations(AwsSecretsManagerState state, TimeProvider time)
{
    public JsonObject Run(string operation, JsonObject body) => operation switch
    {
        "CreateSecret" => Create(body),
        "GetSecretValue" => Get(body),
        "PutSecretValue" => Put(body),
        "UpdateSecret" => Update(body),
        "UpdateSecretVersionStage" => MoveStage(body),
        "DescribeSecret" => Describe(state.Need(Id(body), evenDeleted: true), "VersionIdsToStages"),
        "ListSecrets" => List(body),
        "ListSecretVersionIds" => ListVersions(body),
        "TagResource" => Tag(body),
        "UntagResource" => Untag(body),
        "DeleteSecret" => Delete(body),
        "RestoreSecret" => Restore(body),
        _ => throw new AwsError("UnknownOperationException", ""),
    };

    public JsonObject BatchGet(JsonObject body, Action<string> demand)
    {
        JsonArray ids = body["SecretIdList"]!.AsArray();
        if (ids.Count is 0 or > 20)
            throw AwsError.Invalid("SecretIdList takes 1 to 20 ids.");
        JsonArray values = [], errors = [];
        foreach (JsonNode? node in ids)
        {
            string id = (string)node!;
            try
            {
                demand(state.Find(id)?.Name ?? id);
                values.Add(Value(state.Need(id), null, null));
            }
            catch (AwsError error)
            {
                errors.Add(new JsonObject { ["SecretId"] = id, ["ErrorCode"] = error.Type, ["Message"] = error.Message });
            }
        }

        return new JsonObject { ["SecretValues"] = values, ["Errors"] = errors };
    }

    private JsonObject Create(JsonObject body)
    {
        (string? text, byte[]? binary) = Payload(body);
        AwsSecretState secret = state.Create((string)body["Name"]!, (string?)body["ClientRequestToken"], text, binary, Now);
        secret.Description = (string?)body["Description"] ?? "";
        secret.KmsKeyId = (string?)body["KmsKeyId"];
        SetTags(secret, body);
        return Named(secret, secret.Versions.Count == 0 ? null : secret.Versions[0]);
    }

    private JsonObject Get(JsonObject body) =>
        Value(state.Need(Id(body)), (string?)body["VersionId"], (string?)body["VersionStage"]);

    private JsonObject Put(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body));
        (string? text, byte[]? binary) = Payload(body);
        string[] stages = body["VersionStages"] is JsonArray given ? [.. given.Select(stage => (string)stage!)] : ["AWSCURRENT"];
        AwsVersionState version = AwsSecretsManagerState.AddVersion(secret, (string?)body["ClientRequestToken"], text, binary, stages, Now);
        JsonObject answer = Named(secret, version);
        answer["VersionStages"] = Strings(version.Stages);
        return answer;
    }

    private JsonObject Update(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body));
        secret.Description = (string?)body["Description"] ?? secret.Description;
        secret.KmsKeyId = (string?)body["KmsKeyId"] ?? secret.KmsKeyId;
        secret.Changed = Now;
        (string? text, byte[]? binary) = Payload(body);
        return Named(secret, text is null && binary is null
            ? null
            : AwsSecretsManagerState.AddVersion(secret, (string?)body["ClientRequestToken"], text, binary, ["AWSCURRENT"], Now));
    }

    private JsonObject MoveStage(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body));
        string stage = (string)body["VersionStage"]!;
        string? from = (string?)body["RemoveFromVersionId"], to = (string?)body["MoveToVersionId"];
        AwsVersionState? holder = secret.WithStage(stage);
        if (from is not null && holder?.Id != from)
            throw AwsError.Invalid($"The parameter RemoveFromVersionId can't be empty or doesn't match: staging label {stage} is currently attached to version {holder?.Id}.");
        if (to is null)
        {
            if (stage == "AWSCURRENT")
                throw AwsError.Invalid("You can't remove AWSCURRENT; move it.");
            holder?.Stages.Remove(stage);
            return Named(secret, null);
        }

        AwsVersionState target = secret.Versions.Find(version => version.Id == to) ?? throw AwsError.NoSuchValue("VersionId: " + to);
        if (holder is not null && holder != target && from is null)
            throw AwsError.Invalid($"The parameter RemoveFromVersionId can't be empty. Staging label {stage} is currently attached to version {holder.Id}, so you must explicitly reference that version in RemoveFromVersionId.");
        secret.Move(stage, target);
        secret.Changed = Now;
        return Named(secret, null);
    }

    private JsonObject List(JsonObject body)
    {
        int max = (int?)body["MaxResults"] ?? 100;
        if (max is < 1 or > 100)
            throw AwsError.Invalid("MaxResults must be between 1 and 100.");
        string[] prefixes = [.. (body["Filters"] as JsonArray ?? []).Where(filter => (string)filter!["Key"]! == "name")
            .SelectMany(filter => filter!["Values"]!.AsArray()).Select(value => (string)value!)];
        bool deleted = (bool?)body["IncludePlannedDeletion"] ?? false;
        List<AwsSecretState> wanted = [.. state.Secrets.Where(secret => (deleted || secret.Deleted is null)
            && (prefixes.Length == 0 || prefixes.Any(prefix => secret.Name.StartsWith(prefix, StringComparison.Ordinal))))];
        int start = 0;
        if ((string?)body["NextToken"] is { } token)
        {
            start = wanted.FindIndex(secret => Token(secret.Name) == token) + 1;
            if (start == 0)
                throw new AwsError("InvalidNextTokenException", "The NextToken value is invalid.");
        }

        List<AwsSecretState> page = [.. wanted.Skip(start).Take(max)];
        JsonObject answer = new() { ["SecretList"] = new JsonArray([.. page.Select(secret => Describe(secret, "SecretVersionsToStages"))]) };
        if (start + page.Count < wanted.Count)
            answer["NextToken"] = Token(page[^1].Name);
        return answer;
    }

    private JsonObject ListVersions(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body), evenDeleted: true);
        int max = (int?)body["MaxResults"] ?? 100;
        bool all = (bool?)body["IncludeDeprecated"] ?? false;
        List<AwsVersionState> wanted = [.. secret.Versions.Where(version => all || version.Stages.Count > 0)];
        int start = (string?)body["NextToken"] is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        JsonObject answer = Named(secret, null);
        answer["Versions"] = new JsonArray([.. wanted.Skip(start).Take(max).Select(version => new JsonObject
        {
            ["VersionId"] = version.Id, ["VersionStages"] = version.Stages.Count == 0 ? null : Strings(version.Stages), ["CreatedDate"] = Epoch(version.Created),
        })]);
        if (start + max < wanted.Count)
            answer["NextToken"] = (start + max).ToString(CultureInfo.InvariantCulture);
        return answer;
    }

    private JsonObject Tag(JsonObject body)
    {
        SetTags(state.Need(Id(body)), body);
        return [];
    }

    private JsonObject Untag(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body));
        foreach (JsonNode? key in body["TagKeys"]!.AsArray())
            secret.Tags.Remove((string)key!);
        return [];
    }

    private JsonObject Delete(JsonObject body)
    {
        bool force = (bool?)body["ForceDeleteWithoutRecovery"] ?? false;
        int? days = (int?)body["RecoveryWindowInDays"];
        if (force && days is not null)
            throw AwsError.Invalid("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        if (days is < 7 or > 30)
            throw AwsError.Invalid("RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        if (force && state.Find(Id(body)) is null)
            return new JsonObject { ["Name"] = Id(body), ["DeletionDate"] = Epoch(Now) };
        AwsSecretState secret = state.Need(Id(body), evenDeleted: force);
        if (force)
            state.Secrets.Remove(secret);
        else
            secret.Deleted = Now.AddDays(days ?? 30);
        JsonObject answer = Named(secret, null);
        answer["DeletionDate"] = Epoch(secret.Deleted ?? Now);
        return answer;
    }

    private JsonObject Restore(JsonObject body)
    {
        AwsSecretState secret = state.Need(Id(body), evenDeleted: true);
        secret.Deleted = null;
        return Named(secret, null);
    }

    private static JsonObject Value(AwsSecretState secret, string? versionId, string? stage)
    {
        if (versionId is { Length: < 32 or > 64 })
            throw AwsError.Invalid("Invalid VersionId.");
        AwsVersionState version = (versionId is not null ? secret.Versions.Find(one => one.Id == versionId) : secret.WithStage(stage ?? "AWSCURRENT"))
            ?? throw AwsError.NoSuchValue(versionId is not null ? "VersionId: " + versionId : "staging label: " + (stage ?? "AWSCURRENT"));
        JsonObject answer = Named(secret, version);
        if (version.Text is not null)
            answer["SecretString"] = version.Text;
        else
            answer["SecretBinary"] = Convert.ToBase64String(version.Binary!);
        answer["VersionStages"] = Strings(version.Stages);
        answer["CreatedDate"] = Epoch(version.Created);
        return answer;
    }

    private static JsonObject Describe(AwsSecretState secret, string versionsMember)
    {
        JsonObject stages = [];
        foreach (AwsVersionState version in secret.Versions.Where(version => version.Stages.Count > 0))
            stages[version.Id] = Strings(version.Stages);
        JsonObject answer = Named(secret, null);
        answer["Description"] = secret.Description;
        answer["CreatedDate"] = Epoch(secret.Created);
        answer["LastChangedDate"] = Epoch(secret.Changed);
        if (secret.KmsKeyId is not null)
            answer["KmsKeyId"] = secret.KmsKeyId;
        if (secret.Deleted is { } deleted)
            answer["DeletedDate"] = Epoch(deleted);
        answer["Tags"] = new JsonArray([.. secret.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);
        answer[versionsMember] = stages;
        return answer;
    }

    private static JsonObject Named(AwsSecretState secret, AwsVersionState? version)
    {
        JsonObject answer = new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };
        if (version is not null)
            answer["VersionId"] = version.Id;
        return answer;
    }

    private static void SetTags(AwsSecretState secret, JsonObject body)
    {
        foreach (JsonNode? tag in body["Tags"] as JsonArray ?? [])
        {
            string key = (string)tag!["Key"]!;
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw AwsError.Invalid("Tag keys must not start with aws:");
            secret.Tags[key] = (string)tag["Value"]!;
        }
    }

    private static (string? Text, byte[]? Binary) Payload(JsonObject body) =>
        ((string?)body["SecretString"], (string?)body["SecretBinary"] is { } base64 ? Convert.FromBase64String(base64) : null);

    private static string Id(JsonObject body) => (string?)body["SecretId"] ?? throw AwsError.Invalid("SecretId is required.");

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Token(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private static double Epoch(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).TotalSeconds;

    private DateTimeOffset Now => time.GetUtcNow();
}
