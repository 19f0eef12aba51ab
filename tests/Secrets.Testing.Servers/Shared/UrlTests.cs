namespace Secrets.Tests;

/// <summary>A store's URL, where its package declares the scheme and a mistake is said without repeating a credential.</summary>
public sealed class UrlTests
{
    [Test]
    public void The_assembly_declares_its_scheme() => Assert.That(CloudTestStore.Url.Scheme, Is.EqualTo(DeclaredScheme.Scheme));

    [Test]
    public async Task The_example_of_the_scheme_opens_a_store()
    {
        await using ISecretStore store = StoreBuilder.Open(builder => CloudTestStore.Url.Use(builder, new Uri(CloudTestStore.Url.Example)));
        Assert.That(store.Name, Does.StartWith(CloudTestStore.Url.Scheme + ":"));
    }

    [TestCaseSource(typeof(CloudTestStore), nameof(CloudTestStore.WrongUrls))]
    public void A_URL_with_a_mistake_says_which_and_repeats_no_credential(string url, string says)
    {
        SecretException error = Assert.Throws<SecretException>(() => StoreBuilder.Open(builder => CloudTestStore.Url.Use(builder, new Uri(CloudTestStore.Url.Scheme + url))))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "store-settings")));
        Assert.That(error.Message, Does.Contain(says).IgnoreCase.And.Not.Contain("not-a-real-secret"));
    }

    private static SecretStoreUrlSchemeAttribute DeclaredScheme =>
        typeof(CloudStore).Assembly.GetCustomAttributes(typeof(SecretStoreUrlSchemeAttribute), false).Cast<SecretStoreUrlSchemeAttribute>().Single();
}
