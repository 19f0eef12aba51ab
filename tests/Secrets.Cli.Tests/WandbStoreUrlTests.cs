using Secrets.Cli.Hosting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>What a W&amp;B server calls its store is understood here.</summary>
public sealed class WandbStoreUrlTests
{
    private const string Source = "GORILLA_CUSTOMER_SECRET_STORE_SOURCE";
    private const string Vault = "GORILLA_CUSTOMER_SECRET_STORE_AZ_CONFIG_VAULT_URI";

    [TestCase("aws-secretmanager://team-a?namespace=team-a", "aws-secrets-manager:?prefix=team-a%2F")]
    [TestCase("gcp-secretmanager://my-project?namespace=team-a", "google-secret-manager://my-project?prefix=team-a-")]
    [TestCase("az-secretmanager://wandb", "azure-key-vault://my-vault.vault.azure.net")]
    [Behaviour("W26", "W27", "W28")]
    public void Their_URL_is_one_of_ours(string theirs, string ours)
    {
        string? Variable(string name) => name switch { Source => theirs, Vault => "https://my-vault.vault.azure.net/", _ => null };

        Assert.That(WandbStoreUrl.Translate(theirs, Variable), Is.EqualTo(ours));
        Assert.That(WandbStoreUrl.OfVariables(Variable), Is.EqualTo(ours));
    }

    [TestCase("aws-secrets-manager://eu-central-1")]
    [TestCase("in-memory://")]
    [TestCase("app.secrets")]
    public void Ours_stay_as_they_are(string url) => Assert.That(WandbStoreUrl.Translate(url, _ => null), Is.Null);

    [Test]
    [Behaviour("W30")]
    public void A_store_can_be_switched_off_by_noop_or_by_nothing()
    {
        Assert.That(
            () => WandbStoreUrl.OfVariables(name => name == Source ? "noop://" : null),
            Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Code)).EqualTo(SecretErrorCode.Unavailable).And.Message.Contains("switched off"));
        Assert.That(WandbStoreUrl.OfVariables(name => name == Source ? "" : null), Is.Null);
    }

    [Test]
    public void What_is_missing_or_unknown_is_said()
    {
        Assert.That(() => WandbStoreUrl.OfVariables(name => name == Source ? "az-secretmanager://wandb" : null), Throws.TypeOf<UsageException>().With.Message.Contains(Vault));
        Assert.That(() => WandbStoreUrl.OfVariables(name => name == Source ? "vault://x" : null), Throws.TypeOf<UsageException>().With.Message.Contains(Source));
    }
}
