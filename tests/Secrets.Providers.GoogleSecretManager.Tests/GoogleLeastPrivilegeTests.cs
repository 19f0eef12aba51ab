namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleLeastPrivilegeTests
{
    private static readonly SecretScopeChain Chain = SecretScopeChain.Default(project: "churn");

    [Test]
    public void One_condition_names_every_candidate_and_nothing_else()
    {
        IReadOnlyList<GoogleBinding> bindings = GoogleSecretManagerLeastPrivilege.ForReading([new SecretLookup("db"), new SecretLookup("db")], Chain, "1", owner: "ada", readProperties: false);
        GoogleBinding binding = bindings.Single();
        Assert.That((binding.Role, binding.Resource), Is.EqualTo(("roles/secretmanager.secretAccessor", "projects/1")));
        IEnumerable<string> terms = new[] { "project--churn--ada--db", "team--ada--db", "project--churn--db", "db" }
            .Select(name => $"resource.name == \"projects/1/secrets/{name}\" || resource.name.startsWith(\"projects/1/secrets/{name}/versions/\")");
        Assert.That(binding.Condition, Is.EqualTo(string.Join(" || ", terms)));
    }

    [Test]
    public void Reading_properties_needs_the_right_to_see_them() =>
        Assert.That(
            GoogleSecretManagerLeastPrivilege.ForReading([new SecretLookup("db")], SecretScopeChain.Team, "1").Select(binding => binding.Role),
            Is.EqualTo(["roles/secretmanager.secretAccessor", "roles/secretmanager.viewer"]));

    [Test]
    public void Checking_existence_needs_no_right_to_values() =>
        Assert.That(
            GoogleSecretManagerLeastPrivilege.ForDescribing([new SecretLookup("db")], SecretScopeChain.Team, "1").Select(binding => binding.Role),
            Is.EqualTo(["roles/secretmanager.viewer"]));

    [Test]
    public void Many_references_make_several_bindings() =>
        Assert.That(
            GoogleSecretManagerLeastPrivilege.ForDescribing(Enumerable.Range(0, 12).Select(i => new SecretLookup($"s{i}")), SecretScopeChain.Team, "1"),
            Has.Count.EqualTo(3));
}
