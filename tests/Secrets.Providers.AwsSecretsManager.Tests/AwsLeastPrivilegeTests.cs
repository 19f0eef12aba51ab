using System.Text.Json;
using Secrets.Testing.Servers;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsLeastPrivilegeTests
{
    private static readonly AwsPolicyScope Where = new("eu-test-1", "000000000000");
    private static readonly SecretScopeChain Chain = SecretScopeChain.Default(project: "churn");

    [Test]
    public void The_policy_names_every_candidate_and_nothing_else()
    {
        Dictionary<string, string[]> policy = Parse(AwsSecretsManagerLeastPrivilege.ForReading([new SecretLookup("db"), new SecretLookup("db")], Chain, Where, owner: "ada"));
        Assert.That(policy["secretsmanager:GetSecretValue"], Is.EquivalentTo(new[] { "project/churn/ada/db", "team/ada/db", "project/churn/db", "db" }.Select(Arn)));
        Assert.That(policy["secretsmanager:BatchGetSecretValue"], Is.EqualTo(["*"]));
    }

    [Test]
    public void A_reference_that_restricts_itself_needs_one_line()
    {
        SecretLookup lookup = new("db") { Visibility = SecretVisibility.Public, ScopeKind = "project" };
        Dictionary<string, string[]> policy = Parse(AwsSecretsManagerLeastPrivilege.ForReading([lookup], Chain, Where, owner: "ada"));
        Assert.That(policy["secretsmanager:GetSecretValue"], Is.EqualTo([Arn("project/churn/db")]));
        Assert.That(policy, Does.Not.ContainKey("secretsmanager:BatchGetSecretValue"));
    }

    [Test]
    public void Checking_existence_needs_no_right_to_values()
    {
        Dictionary<string, string[]> policy = Parse(AwsSecretsManagerLeastPrivilege.ForDescribing([new SecretLookup("db")], Chain, Where));
        Assert.That(policy.Keys, Is.EqualTo(["secretsmanager:DescribeSecret"]));
    }

    [Test]
    public void A_key_of_ones_own_may_be_used_through_the_service_only()
    {
        string json = AwsSecretsManagerLeastPrivilege.ForReading([new SecretLookup("db")], Chain, Where with { KmsKeyArn = "arn:aws:kms:eu-test-1:000000000000:key/not-a-key" });
        Assert.That(json, Does.Contain("kms:Decrypt").And.Contain("secretsmanager.eu-test-1.amazonaws.com"));
    }

    [Test]
    public async Task What_it_allows_is_enough_and_a_missing_candidate_is_told_from_a_denied_one()
    {
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        server.Put("db", "canary");
        Dictionary<string, string[]> policy = Parse(AwsSecretsManagerLeastPrivilege.ForReading([new SecretLookup("db")], Chain, Where));
        server.Allows = (action, name) => policy.TryGetValue("secretsmanager:" + action, out string[]? resources) && resources.Any(one => one == "*" || one == Arn(name));
        await using AwsSecretsManagerSecretStore store = AwsTestStore.Open(server);
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync(
            [new SecretRead(SecretAddress.Public(SecretScope.Project("churn"), "db")), new SecretRead(SecretAddress.Public("db")), new SecretRead(SecretAddress.Public("other"))], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.NotFound, SecretReadStatus.Found, SecretReadStatus.MissingOrDenied]));
    }

    private static string Arn(string name) => $"arn:aws:secretsmanager:eu-test-1:000000000000:secret:{name}-??????";

    private static Dictionary<string, string[]> Parse(string policy)
    {
        using JsonDocument json = JsonDocument.Parse(policy);
        Dictionary<string, string[]> actions = [];
        foreach (JsonElement statement in json.RootElement.GetProperty("Statement").EnumerateArray())
        {
            Assert.That(statement.GetProperty("Effect").GetString(), Is.EqualTo("Allow"));
            foreach (JsonElement action in statement.GetProperty("Action").EnumerateArray())
                actions.Add(action.GetString()!, [.. statement.GetProperty("Resource").EnumerateArray().Select(resource => resource.GetString()!)]);
        }

        return actions;
    }
}
