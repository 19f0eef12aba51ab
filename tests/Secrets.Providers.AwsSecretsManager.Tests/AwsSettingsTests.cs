using Secrets.Testing.Servers;
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

    [TestCase(true, null, true)]
    [TestCase(true, "true", true)]
    [TestCase(true, "false", false)]
    [TestCase(false, null, true)]
    [TestCase(false, "true", true)]
    [TestCase(false, "False", false)]
    public async Task Properties_are_read_unless_a_URL_or_a_section_says_no(bool byUrl, string? readProperties, bool isAsked)
    {
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        server.Put("db", "canary");
        // Credentials are no part of settings: the SDK's chain finds these.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", server.Credential.AccessKeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", server.Credential.SecretAccessKey);
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", server.Credential.SessionToken);
        try
        {
            await using ISecretStore store = StoreBuilder.Open(builder => _ = byUrl
                ? Use(builder, $"aws-secrets-manager://{server.Region}?serviceUrl={Uri.EscapeDataString(server.Url.AbsoluteUri)}{(readProperties is null ? "" : "&readProperties=" + readProperties)}")
                : builder.UseAwsSecretsManager(StoreBuilder.Section([("Region", server.Region), ("ServiceUrl", server.Url.AbsoluteUri), .. readProperties is null ? Array.Empty<(string, string)>() : [("ReadProperties", readProperties)]])));
            SecretReadResult result = (await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0];
            Assert.That(result.Secret!.SingleValue().RevealString(), Is.EqualTo("canary"));
            Assert.That(server.Calls.Select(call => call.Operation), Is.EqualTo(isAsked ? ["GetSecretValue", "DescribeSecret"] : new[] { "GetSecretValue" }));
            Assert.That(result.Secret.Properties.CreatedOn != default, Is.EqualTo(isAsked));
        }
        finally
        {
            foreach (string name in new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN" })
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static ISecretsBuilder Use(ISecretsBuilder builder, string url)
    {
        new AwsSecretsManagerUrlSchemeAttribute().Use(builder, new Uri(url));
        return builder;
    }
}
