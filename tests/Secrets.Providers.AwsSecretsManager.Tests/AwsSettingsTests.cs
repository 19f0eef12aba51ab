using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsSettingsTests
{
    [Test]
    public async Task The_store_is_added_by_one_line()
    {
        await using ISecretStore store = StoreBuilder.Open(secrets =>
        {
            #region use
            secrets.UseAwsSecretsManager(options => options.Region = "eu-central-1");
            #endregion
        });
        Assert.That(store.Name, Is.EqualTo("aws-secrets-manager:eu-central-1"));
    }

    [Test]
    public async Task A_URL_names_region_and_prefix()
    {
        await using ISecretStore store = StoreBuilder.Open(builder => Use(builder, "aws-secrets-manager://eu-central-1?prefix=prod/&maxConcurrency=3"));
        Assert.That(store.Name, Is.EqualTo("aws-secrets-manager:eu-central-1/prod"));
        Assert.That(store.Capabilities.MaxConcurrency, Is.EqualTo(3));
    }

    [Test]
    public async Task A_section_binds_without_reflection()
    {
        await using ISecretStore store = StoreBuilder.Open(builder => builder.UseAwsSecretsManager(StoreBuilder.Section(("Region", "us-gov-west-1"), ("Name", "gov"), ("ReadProperties", "false"))));
        Assert.That(store.Name, Is.EqualTo("gov"));
    }

    [TestCase("aws-secrets-manager://eu-central-1?prefx=prod/", "prefx")]
    [TestCase("aws-secrets-manager://eu-central-1?maxConcurrency=many", "maxConcurrency")]
    [TestCase("aws-secrets-manager://key:not-a-real-secret@eu-central-1", "credentials")]
    [TestCase("aws-secrets-manager://eu-central-1/prod", "path")]
    public void A_URL_with_a_mistake_says_which_and_repeats_no_credential(string url, string said)
    {
        SecretException error = Assert.Throws<SecretException>(() => StoreBuilder.Open(builder => Use(builder, url)))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "store-settings")));
        Assert.That(error.Message, Does.Contain(said).IgnoreCase.And.Not.Contain("not-a-real-secret"));
    }

    [Test]
    public void The_assembly_declares_its_scheme() =>
        Assert.That(
            typeof(AwsSecretsManagerSecretStore).Assembly.GetCustomAttributes(typeof(SecretStoreUrlSchemeAttribute), false).Cast<SecretStoreUrlSchemeAttribute>().Single().Scheme,
            Is.EqualTo("aws-secrets-manager"));

    private static void Use(ISecretsBuilder builder, string url) => new AwsSecretsManagerUrlSchemeAttribute().Use(builder, new Uri(url));
}
