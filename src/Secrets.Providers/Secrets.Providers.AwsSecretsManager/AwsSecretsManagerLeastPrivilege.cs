using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets;

/// <summary>The IAM policy that exactly a set of references needs.</summary>
public static class AwsSecretsManagerLeastPrivilege
{
    // Not HTML: a policy is read by people and by IAM.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The policy to resolve the references.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="where">Account and region.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <returns>The policy document as JSON.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the service cannot hold.</exception>
    /// <remarks>
    /// Every candidate is in it, those that do not exist included: without a line for it, AWS answers <i>access denied</i> instead of
    /// <i>not found</i>, and a chain cannot go on. The service adds six characters to a name in its ARN; <c>-??????</c> stands for them.
    /// </remarks>
    public static string ForReading(IEnumerable<SecretLookup> references, SecretScopeChain chain, AwsPolicyScope where, string? owner = null) =>
        Policy(LookupCandidates.Of(references, chain, owner), where, values: true);

    /// <summary>The policy to check at <c>SECRET_EXISTS</c> that the references exist, which reads no value.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="where">Account and region.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <returns>The policy document as JSON.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the service cannot hold.</exception>
    public static string ForDescribing(IEnumerable<SecretLookup> references, SecretScopeChain chain, AwsPolicyScope where, string? owner = null) =>
        Policy(LookupCandidates.Of(references, chain, owner), where, values: false);

    private static string Policy(IReadOnlyList<SecretAddress> addresses, AwsPolicyScope where, bool values)
    {
        ArgumentNullException.ThrowIfNull(where);
        NativeNames names = AwsNames.Under(where.Prefix);
        string[] resources = [.. addresses.Select(address =>
            $"arn:{where.Partition}:secretsmanager:{where.Region}:{where.AccountId}:secret:{names.ToNative(address, "aws-secrets-manager")}-??????")];
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            if (resources.Length > 0)
                Statement(json, values ? ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"] : ["secretsmanager:DescribeSecret"], resources);
            // The batch call knows no resources of its own: each secret in it is checked as GetSecretValue above.
            if (values && resources.Length > 1)
                Statement(json, ["secretsmanager:BatchGetSecretValue"], ["*"]);
            if (values && where.KmsKeyArn is not null)
                Statement(json, ["kms:Decrypt"], [where.KmsKeyArn], $"secretsmanager.{where.Region}.amazonaws.com");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Statement(Utf8JsonWriter json, string[] actions, string[] resources, string? viaService = null)
    {
        json.WriteStartObject();
        json.WriteString("Effect", "Allow");
        Strings(json, "Action", actions);
        Strings(json, "Resource", resources);
        if (viaService is not null)
        {
            json.WriteStartObject("Condition");
            json.WriteStartObject("StringLike");
            json.WriteString("kms:ViaService", viaService);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
