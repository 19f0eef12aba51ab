using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>AWS Secrets Manager's JSON 1.1 protocol, signatures verified.</summary>
/// <remarks>By the service's public API model of 2017-10-17. One account, one region.</remarks>
public sealed class AwsSecretsManagerServer(TimeProvider? time = null) : LoopbackSecretsServer(time)
{
    private readonly AwsSecretsManagerState _state = new();
    private readonly List<string> _signedRegions = [];

    public string Region { get; init; } = "eu-test-1";

    /// <summary>The credential that requests must be signed with.</summary>
    public AwsCredential Credential { get; set; } = AwsCredential.Test;

    /// <summary>Whether a denial comes from an explicit deny, which says so. Default false.</summary>
    public bool DeniesExplicitly { get; set; }

    public override void Put(string name, string value)
    {
        lock (Gate)
        {
            if (_state.Find(name) is { } there)
                AwsSecretsManagerState.AddVersion(there, Guid.NewGuid().ToString(), value, null, ["AWSCURRENT"], Time.GetUtcNow());
            else
                _state.Create(name, Guid.NewGuid().ToString(), value, null, Time.GetUtcNow());
        }
    }

    public override string? TextOf(string name)
    {
        lock (Gate)
            return _state.Find(name)?.WithStage("AWSCURRENT")?.Text;
    }

    /// <summary>Every label of a secret and the version that has it, labels of a writer's own included.</summary>
    public IReadOnlyDictionary<string, string> LabelsOf(string name)
    {
        lock (Gate)
            return _state.Find(name)!.Versions.SelectMany(version => version.Stages.Select(stage => (stage, version.Id))).ToDictionary(pair => pair.stage, pair => pair.Id);
    }

    /// <summary>The key that a secret is encrypted with; null for the account's own.</summary>
    public string? KmsKeyOf(string name)
    {
        lock (Gate)
            return _state.Find(name)!.KmsKeyId;
    }

    /// <summary>Copies a secret to another region's server, versions and labels as they are; there it can be read only.</summary>
    public void Replicate(string name, AwsSecretsManagerServer to)
    {
        AwsSecretState copy;
        lock (Gate)
            copy = _state.Find(name)!.ReplicaIn(Region, to.Region);
        lock (to.Gate)
            to._state.Secrets.Add(copy);
    }

    /// <summary>The region in the signature's scope of each call so far, rightly signed or not.</summary>
    public IReadOnlyList<string> SignedRegions
    {
        get
        {
            lock (Gate)
                return [.. _signedRegions];
        }
    }

    public override IReadOnlyList<string> Names
    {
        get
        {
            lock (Gate)
                return [.. _state.Secrets.Select(secret => secret.Name)];
        }
    }

    public override void Clear()
    {
        lock (Gate)
        {
            _state.Secrets.Clear();
            _signedRegions.Clear();
        }

        DeniesExplicitly = false;
        base.Clear();
    }

    /// <summary>Plans an error answer.</summary>
    public void Fail(string type, string message, int status = 400, string? operation = null, int times = 1, string? retryAfter = null) =>
        Faults.Answer(_ => After(new AwsError(type, message, status).ToAnswer(), retryAfter), operation, times);

    protected override ServerCall Name(ServerRequest request)
    {
        string operation = request.Header("X-Amz-Target").Split('.')[^1];
        JsonObject body = request.Json();
        return new ServerCall(operation, (string?)(body["SecretId"] ?? body["Name"]));
    }

    protected override ServerAnswer Answer(ServerRequest request)
    {
        try
        {
            _signedRegions.Add(request.Header("Authorization").Split('/') is { Length: > 2 } scope ? scope[2] : "");
            if (SigV4.Verify(request, Credential, Region, "secretsmanager", Time.GetUtcNow()) is { } wrong)
                throw new AwsError(wrong.Type, wrong.Message);
            ServerCall call = Name(request);
            string name = call.Secret is { } id ? _state.Find(id)?.Name ?? id : "*";
            Demand(call.Operation, name);
            if (call.Operation is not ("GetSecretValue" or "BatchGetSecretValue" or "DescribeSecret" or "ListSecrets" or "ListSecretVersionIds") && _state.Find(name) is { IsReplica: true })
                throw new AwsError("InvalidRequestException", "Operation not permitted on a replica secret. Call must be made in primary secret's region.");
            JsonObject body = request.Json();
            JsonObject answer = call.Operation == "BatchGetSecretValue"
                ? new AwsOperations(_state, Time).BatchGet(body, one => Demand("GetSecretValue", one))
                : new AwsOperations(_state, Time).Run(call.Operation, body);
            return ServerAnswer.Json(200, answer, "application/x-amz-json-1.1");
        }
        catch (AwsError error)
        {
            return error.ToAnswer();
        }
    }

    private void Demand(string action, string name)
    {
        if (!Allows(action, name))
            throw AwsError.Denied(action, name, DeniesExplicitly);
    }
}
