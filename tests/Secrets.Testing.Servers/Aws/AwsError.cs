using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>A fault as the service words it.</summary>
public sealed class AwsError(string type, string message, int status = 400) : Exception(message)
{
    public string Type => type;

    public int Status => status;

    public static AwsError NotFound() => new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public static AwsError NoSuchValue(string what) => new("ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {what}");

    public static AwsError Invalid(string message) => new("InvalidParameterException", message);

    public static AwsError Deleted() => new("InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.");

    public static AwsError Denied(string action, string name, bool isExplicit) => new(
        "AccessDeniedException",
        $"User: arn:aws:iam::000000000000:user/test is not authorized to perform: secretsmanager:{action} on resource: {name} "
            + (isExplicit ? "with an explicit deny in an identity-based policy" : $"because no identity-based policy allows the secretsmanager:{action} action"));

    public ServerAnswer ToAnswer() =>
        ServerAnswer.Json(Status, new JsonObject { ["__type"] = Type, ["Message"] = Message }, "application/x-amz-json-1.1").With("x-amzn-RequestId", "00000000-test");
}
