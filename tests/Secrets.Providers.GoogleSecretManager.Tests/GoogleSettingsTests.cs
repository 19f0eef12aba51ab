using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleSettingsTests
{
    [Test]
    public async Task The_store_is_added_by_one_line()
    {
        await using ISecretStore store = StoreBuilder.Open(secrets =>
        {
            #region use
            secrets.UseGoogleSecretManager("my-project");
            #endregion
        });
        Assert.That(store.Name, Is.EqualTo("google-secret-manager:my-project"));
    }

    [TestCase("google-secret-manager://my-project", "google-secret-manager:my-project")]
    [TestCase("google-secret-manager://my-project?location=europe-west3&prefix=prod-", "google-secret-manager:my-project/europe-west3/prod")]
    public async Task A_URL_names_the_project(string url, string name)
    {
        await using ISecretStore store = StoreBuilder.Open(builder => new GoogleSecretManagerUrlSchemeAttribute().Use(builder, new Uri(url)));
        Assert.That(store.Name, Is.EqualTo(name));
    }

    [Test]
    public async Task A_section_binds_without_reflection()
    {
        await using ISecretStore store = StoreBuilder.Open(builder => builder.UseGoogleSecretManager(
            StoreBuilder.Section(("Project", "p"), ("MaxConcurrency", "3"), ("ReplicaLocations", "europe-west3, europe-west1"), ("DeleteExpired", "true"))));
        Assert.That((store.Name, store.Capabilities.MaxConcurrency), Is.EqualTo(("google-secret-manager:p", 3)));
    }

    [Test]
    public async Task An_emulator_is_found_by_its_variable()
    {
        await using GoogleSecretManagerServer server = new();
        await server.StartAsync();
        server.Put("db", "canary");
        Environment.SetEnvironmentVariable("SECRET_MANAGER_EMULATOR_HOST", $"{server.Url.Host}:{server.Url.Port}");
        try
        {
            await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(server, options => options.ServiceUrl = null);
            Assert.That((await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SECRET_MANAGER_EMULATOR_HOST", null);
        }
    }

    [TestCase(true, null, true)]
    [TestCase(true, "true", true)]
    [TestCase(true, "false", false)]
    [TestCase(false, null, true)]
    [TestCase(false, "true", true)]
    [TestCase(false, "False", false)]
    public async Task Properties_are_read_unless_a_URL_or_a_section_says_no(bool byUrl, string? readProperties, bool isAsked)
    {
        await using GoogleSecretManagerServer server = new() { IsEmulator = true };
        await server.StartAsync();
        server.Put("db", "canary");
        await using ISecretStore store = StoreBuilder.Open(builder =>
        {
            if (byUrl)
                new GoogleSecretManagerUrlSchemeAttribute().Use(builder, new Uri($"google-secret-manager://{server.Project}?serviceUrl={Uri.EscapeDataString(server.Url.AbsoluteUri)}{(readProperties is null ? "" : "&readProperties=" + readProperties)}"));
            else
                builder.UseGoogleSecretManager(StoreBuilder.Section([("Project", server.Project), ("ServiceUrl", server.Url.AbsoluteUri), .. readProperties is null ? Array.Empty<(string, string)>() : [("ReadProperties", readProperties)]]));
        });
        SecretReadResult result = (await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0];
        Assert.That(result.Secret!.SingleValue().RevealString(), Is.EqualTo("canary"));
        Assert.That(server.Calls.Select(call => call.Operation), Is.EqualTo(isAsked ? ["versions.access", "secrets.get"] : new[] { "versions.access" }));
        Assert.That(result.Secret.Properties.CreatedOn != default, Is.EqualTo(isAsked));
    }

    [Test]
    public void No_project_is_refused() =>
        Assert.That(Assert.Throws<SecretException>(() => new GoogleSecretManagerSecretStore(new GoogleSecretManagerOptions()))!.Reason, Is.EqualTo("no-project"));

    [Test]
    public void A_location_is_no_place_for_another_host() =>
        Assert.That(
            Assert.Throws<SecretException>(() => new GoogleSecretManagerSecretStore(new GoogleSecretManagerOptions { Project = "p", Location = "x.elsewhere.example/" }))!.Reason,
            Is.EqualTo("location"));
}
