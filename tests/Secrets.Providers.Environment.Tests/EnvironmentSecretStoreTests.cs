namespace Secrets.Providers.Environment.Tests;

[TestFixture]
public sealed class EnvironmentSecretStoreTests
{
    private readonly Dictionary<string, string> _variables = new() { ["APP_TOKEN"] = "t", ["APP_DB"] = """{"user":"u","port":5432}""", ["OTHER"] = "o", ["APP_BROKEN"] = "{not json", ["APP_"] = "x" };

    [Test]
    public async Task A_variable_is_a_secret_with_one_value_and_a_json_object_one_with_pairs()
    {
        await using SecretsClient client = SecretsClient.Create(s => s.UseEnvironment(o => (o.Prefix, o.Variables) = ("APP_", () => _variables)));
        Assert.That((await client.GetSecretAsync("TOKEN")).SingleValue().RevealString(), Is.EqualTo("t"));
        Assert.That((await client.GetSecretAsync("DB"))["port"].RevealString(), Is.EqualTo("5432"));
        Assert.That((await client.GetSecretAsync("BROKEN")).SingleValue().RevealString(), Is.EqualTo("{not json"));
        Assert.That(async () => await client.GetSecretAsync("OTHER"), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound));
        List<string> names = [];
        await foreach (SecretProperties properties in client.ListSecretsAsync()) names.Add(properties.Name);
        Assert.That(names, Is.EqualTo(new[] { "BROKEN", "DB", "TOKEN" }));
    }

    [Test]
    public async Task The_version_changes_with_the_value_only()
    {
        await using EnvironmentSecretStore store = new(new EnvironmentSecretStoreOptions { Variables = () => _variables });
        SecretRead read = new(SecretAddress.Public("OTHER"));
        Secret first = (await store.ReadAsync([read], default))[0].Secret!;
        Assert.That((await store.ReadAsync([read with { UnlessVersion = first.Version }], default))[0].Status, Is.EqualTo(SecretReadStatus.NotModified));
        _variables["OTHER"] = "changed";
        Assert.That((await store.ReadAsync([read with { UnlessVersion = first.Version }], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task Another_scope_or_owner_and_writing_are_not_there()
    {
        await using EnvironmentSecretStore store = new(new EnvironmentSecretStoreOptions { Variables = () => _variables });
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new(SecretAddress.Private(SecretScope.Team, "ada", "OTHER")), new(SecretAddress.Public(SecretScope.Project("p"), "OTHER"))], default);
        Assert.That(results.Select(static r => r.Status), Has.All.EqualTo(SecretReadStatus.NotFound));
        Assert.That(async () => await store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("X"), default), new SecretValues { ["a"] = "b" }), default),
            Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Unsupported));
    }

    [Test]
    public async Task A_listing_goes_on_where_it_stopped_and_refuses_a_foreign_token()
    {
        await using EnvironmentSecretStore store = new(new EnvironmentSecretStoreOptions { Variables = () => _variables });
        SecretPage first = await store.ListAsync(new SecretListing { PageSize = 3 }, default);
        SecretPage second = await store.ListAsync(new SecretListing { PageSize = 3, ContinuationToken = first.ContinuationToken }, default);
        Assert.That(first.Items.Concat(second.Items).Select(static p => p.Name), Is.EqualTo(_variables.Keys.Order(StringComparer.Ordinal)));
        Assert.That(second.ContinuationToken, Is.Null);
        Assert.That(async () => await store.ListAsync(new SecretListing { ContinuationToken = "foreign" }, default), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.InvalidArgument));
    }
}
