namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureLeastPrivilegeTests
{
    private const string Vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";

    private static readonly SecretScopeChain Chain = SecretScopeChain.Default(project: "churn");

    [Test]
    public void Every_candidate_has_its_assignment_and_nothing_else_has()
    {
        IReadOnlyList<AzureRoleAssignment> assignments = AzureKeyVaultLeastPrivilege.ForReading([new SecretLookup("db"), new SecretLookup("db")], Chain, Vault, owner: "ada");
        Assert.That(assignments.Select(one => one.RoleName), Is.All.EqualTo("Key Vault Secrets User"));
        Assert.That(assignments.Select(one => one.Scope), Is.EquivalentTo(new[] { "project--churn--ada--db", "team--ada--db", "project--churn--db", "db" }.Select(name => $"{Vault}/secrets/{name}")));
    }

    [Test]
    public void A_name_with_capitals_may_be_somebody_elses_too() =>
        Assert.That(
            AzureKeyVaultLeastPrivilege.ForReading([new SecretLookup("Db")], SecretScopeChain.Team, Vault, "prod-").Select(one => one.Scope),
            Is.EqualTo([$"{Vault}/secrets/prod---x44b", $"{Vault}/secrets/prod-Db"]));

    [Test]
    public void Checking_existence_needs_no_right_to_values() =>
        Assert.That(
            AzureKeyVaultLeastPrivilege.ForDescribing([new SecretLookup("db")], SecretScopeChain.Team, Vault),
            Is.EqualTo([new AzureRoleAssignment("Key Vault Reader", new Guid("21090545-7ca7-4776-b22c-e363652d74d2"), $"{Vault}/secrets/db")]));
}
